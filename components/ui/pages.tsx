import type { Route } from 'next'
import { Link } from '@/components/ui/link'
import { pagesWords } from './words'

/** Links to the page before and after. Renders a `<nav>`, or nothing when there is one page. */
export function Pages({ page, of, href }: { page: number; of: number; href: (page: number) => Route }) {
  if (of <= 1) return null
  return (
    <nav
      aria-label={pagesWords.pages}
      className="mt-16 flex items-baseline justify-between gap-6 border-line border-t pt-6"
    >
      {page > 1 ? (
        <Link href={href(page - 1)} rel="prev" className="underlined">
          {pagesWords.page} {page - 1}
        </Link>
      ) : (
        <span />
      )}
      <p className="figures text-soft">
        {pagesWords.page} {page} {pagesWords.ofIt} {of}
      </p>
      {page < of ? (
        <Link href={href(page + 1)} rel="next" className="underlined">
          {pagesWords.page} {page + 1}
        </Link>
      ) : (
        <span />
      )}
    </nav>
  )
}
