import type { ComponentProps, ReactNode } from 'react'

/** One of several: a radio button with its words as one large target. Renders a `<label>`. */
export function Choice({
  title,
  mark,
  children,
  ...props
}: ComponentProps<'input'> & {
  title: string
  /** A picture between the button and the words. */
  mark?: ReactNode
  children?: ReactNode
}) {
  return (
    <label className="flex min-h-12 cursor-pointer items-start gap-3.5 border border-field px-4 py-3 has-checked:border-ink has-checked:bg-raised has-checked:outline-1 has-checked:outline-ink">
      <input {...props} type="radio" className="mt-1 size-5 shrink-0" />
      {mark}
      <span>
        <span className="block font-medium">{title}</span>
        {children && <span className="block text-small text-soft">{children}</span>}
      </span>
    </label>
  )
}
