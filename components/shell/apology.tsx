import type { ReactNode } from 'react'

/** A page for when there is no page: what happened in one line, what to do in `children`, and a picture. */
export function Apology({
  title,
  children,
  picture,
}: {
  title: string
  children: ReactNode
  picture: `/art/${string}`
}) {
  return (
    <div className="page grid items-center gap-x-16 gap-y-10 py-12 tablet:grid-cols-2 tablet:py-20">
      <div>
        <h1 className="display text-display">{title}</h1>
        <div className="mt-6 max-w-prose text-lead">{children}</div>
      </div>
      <img
        src={picture}
        alt=""
        loading="lazy"
        width={600}
        height={750}
        className="w-full max-w-md justify-self-center"
      />
    </div>
  )
}
