import type { ReactNode } from 'react'

/** A short word to notice beside a name. Renders a `<span>`. */
export function Badge({ children }: { children: ReactNode }) {
  return <span className="truncate rounded-full bg-sun px-2 text-fine text-on-sun">{children}</span>
}
