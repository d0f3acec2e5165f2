import type { ReactNode } from 'react'

/**
 * A bar at the top of the window for the field that a page is for; `data-bar` tells the page to scroll below it. Renders a
 * `<section>` with the name `label`.
 */
export function TopBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      data-bar
      className="[&~*_*]:scroll-mt-60 sticky top-0 z-10 -mx-(--gutter) border-line border-b bg-ground px-(--gutter) py-3"
    >
      {children}
    </section>
  )
}
