'use client'

import type { Route } from 'next'
import { placeName } from '@/components/staff/shell/words'
import { Link } from '@/components/ui/link'
import { useLiveList } from '@/lib/client/live/hooks/use-live-list'
import { shopTimestamp } from '@/lib/domain/core/shop-time'
import { type Count, newestCounts } from '@/lib/domain/counts/count'
import type { Category, Location } from '@/lib/domain/stock/place'
import { countListWords, scopeWords, statusWords } from './words'

/** Counts as they are now, the latest first, each a way in. Renders a `<ul>`. */
export function CountList({
  first,
  locations,
  categories,
  names,
}: {
  first: readonly Count[]
  locations: readonly Location[]
  categories: readonly Category[]
  names: Readonly<Record<string, string>>
}) {
  const { rows: counts } = useLiveList(newestCounts, first)
  if (counts.length === 0) return <p className="text-small text-soft">{countListWords.noCountsYet}</p>
  return (
    <ul className="grid">
      {counts.map((count) => (
        <li
          key={count.id}
          className="grid items-baseline gap-x-6 border-line border-b py-3 text-small tablet:grid-cols-[8rem_1fr_8rem_1fr]"
        >
          <Link href={`/staff/counts/${count.id}` as Route} className="underlined font-medium text-body">
            {countListWords.count} {count.number}
          </Link>
          <span>
            {placeName(count.location_id, locations, countListWords.aClosedLocation)},{' '}
            {scopeWords(count, categories)}
            {count.blind && <span className="text-soft">{countListWords.blind}</span>}
          </span>
          <span data-open={count.status === 'open' || undefined} className="data-open:font-medium">
            {statusWords[count.status]}
          </span>
          <span className="text-soft">
            {names[count.started_by] ?? countListWords.theSystem},{' '}
            <time dateTime={count.created_at} className="figures">
              {shopTimestamp(count.created_at)}
            </time>
          </span>
        </li>
      ))}
    </ul>
  )
}
