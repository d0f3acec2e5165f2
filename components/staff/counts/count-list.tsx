'use client'

import type { Route } from 'next'
import { locationName } from '@/components/staff/shell/words'
import { LineItem } from '@/components/ui/layout/line-list'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
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
  if (counts.length === 0)
    return (
      <Text size="small" tone="soft">
        {countListWords.noCountsYet}
      </Text>
    )
  return (
    <Stack as="ul">
      {counts.map((count) => (
        <LineItem key={count.id} layout="cells" className="tablet:grid-cols-[8rem_1fr_8rem_1fr]">
          <TextLink size="name" href={`/staff/counts/${count.id}` as Route}>
            {countListWords.count} {count.number}
          </TextLink>
          <span>
            {locationName(count.location_id, locations, countListWords.aClosedLocation)},{' '}
            {scopeWords(count, categories)}
            {count.blind && (
              <Text as="span" tone="soft">
                {countListWords.blind}
              </Text>
            )}
          </span>
          <span data-open={count.status === 'open' || undefined} className="data-open:font-medium">
            {statusWords[count.status]}
          </span>
          <Text as="span" tone="soft">
            {names[count.started_by] ?? countListWords.theSystem},{' '}
            <Text as="time" figures dateTime={count.created_at}>
              {shopTimestamp(count.created_at)}
            </Text>
          </Text>
        </LineItem>
      ))}
    </Stack>
  )
}
