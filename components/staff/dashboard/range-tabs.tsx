import type { Route } from 'next'
import { Link } from '@/components/ui/link'
import { type Range, ranges } from '@/lib/domain/insight/dashboard'
import { rangeTabsWords, rangeWords } from './words'

/** The stretches of time to look at. Renders a `<nav>`. */
export function RangeTabs({ range }: { range: Range }) {
  return (
    <nav aria-label={rangeTabsWords.timeRange} className="flex flex-wrap gap-x-5 gap-y-1 text-small">
      {ranges.map((each) => (
        <Link
          key={each}
          href={(each === 'today' ? '/staff/dashboard' : `/staff/dashboard?range=${each}`) as Route}
          aria-current={each === range ? 'page' : undefined}
          className="border-transparent border-b-2 py-1.5 hover:border-line aria-[current]:border-ink"
        >
          {rangeWords[each].label}
        </Link>
      ))}
    </nav>
  )
}
