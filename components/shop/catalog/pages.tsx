import type { Route } from 'next'
import { Link } from '@/components/ui/link'

/** Links to the page before and after. Renders a `<nav>`, or nothing when there is one page. */
export function Pages({ page, of, href }: { page: number; of: number; href: (page: number) => Route }) {
  if (of <= 1) return null
  return (
    <nav
      aria-label="Pages"
      className="mt-16 flex items-baseline justify-between gap-6 border-line border-t pt-6"
    >
      {page > 1 ? (
        <Link href={href(page - 1)} rel="prev" className="underlined">
          Page {page - 1}
        </Link>
      ) : (
        <span />
      )}
      <p className="figures text-soft">
        Page {page} of {of}
      </p>
      {page < of ? (
        <Link href={href(page + 1)} rel="next" className="underlined">
          Page {page + 1}
        </Link>
      ) : (
        <span />
      )}
    </nav>
  )
}
