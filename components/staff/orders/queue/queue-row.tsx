'use client'

import type { Route } from 'next'
import { Holder } from '@/components/staff/orders/holder'
import type { FirstLease } from '@/components/staff/orders/picking/use-lease'
import { paymentWords, progressWords, stageWords, troubleWords } from '@/components/staff/orders/words'
import { locationName } from '@/components/staff/shell/words'
import { Cell, TableRow } from '@/components/ui/data/table'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { formatMoney } from '@/lib/domain/core/money'
import { shopTime } from '@/lib/domain/core/shop-time'
import { picksOf } from '@/lib/domain/orders/live'
import type { Picked, QueueEntry } from '@/lib/domain/orders/order-desk'
import type { Location } from '@/lib/domain/stock/place'
import { queueRowWords } from './words'

/** One order of the queue: its number, its progress, its picker. Renders a `<tr>`. */
export function QueueRow({
  entry,
  lease,
  picks,
  locations,
  names,
}: {
  entry: QueueEntry
  lease: FirstLease
  picks: readonly Picked[]
  locations: readonly Location[]
  names: Readonly<Record<string, string>>
}) {
  const { rows } = useLiveQuery(picksOf([entry.order_id]), picks)
  const toPick = Math.max(
    0,
    entry.to_pick - (rows.reduce((units, { picked }) => units + picked, 0) - entry.scanned),
  )
  return (
    <TableRow card="grid">
      <Cell names>
        <TextLink
          isTall
          href={`/staff/orders/${entry.order_id}` as Route}
          className="figures font-semibold text-body"
        >
          {entry.number}
        </TextLink>
        <Text as="time" size="fine" tone="soft" figures block dateTime={entry.created_at}>
          {shopTime(entry.created_at)}
        </Text>
      </Cell>
      <Cell wide>
        {entry.name}
        <Text as="span" size="fine" tone="soft" block breaks>
          {entry.email}
        </Text>
      </Cell>
      <Cell wide>
        {entry.stage === 'to_pick' ? (
          <>
            <Text as="span" weight="medium" figures>
              {progressWords(toPick, entry.to_pick + entry.ready)}
            </Text>
            <Holder orderId={entry.order_id} lease={lease} names={names} />
          </>
        ) : (
          stageWords[entry.stage]
        )}
        {entry.troubles.map((trouble) => (
          <Text key={trouble} as="span" size="fine" tone="low" weight="medium" block>
            {troubleWords[trouble]}
          </Text>
        ))}
      </Cell>
      <Cell tone="soft" wide>
        {entry.locations.map((id) => locationName(id, locations)).join(', ')}
        <Text as="span" size="fine" block>
          {entry.delivery === 'delivery'
            ? queueRowWords.delivery
            : queueRowWords.collectAt(locationName(entry.collect_at, locations))}
        </Text>
      </Cell>
      <Cell end figures className="max-tablet:col-start-2 max-tablet:row-start-1">
        {formatMoney({ minor: entry.total_minor, currency: entry.currency })}
        <Text as="span" size="fine" tone="soft" block>
          {paymentWords[entry.payment]}
        </Text>
      </Cell>
    </TableRow>
  )
}
