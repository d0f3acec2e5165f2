'use client'

import type { Route } from 'next'
import { Holder } from '@/components/staff/orders/holder'
import type { FirstLease } from '@/components/staff/orders/picking/use-lease'
import { paymentWords, progressWords, stageWords, troubleWords } from '@/components/staff/orders/words'
import { placeName } from '@/components/staff/shell/words'
import { Link } from '@/components/ui/link'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { formatMoney } from '@/lib/domain/core/money'
import { shopTime } from '@/lib/domain/core/shop-time'
import { picksOf } from '@/lib/domain/orders/live'
import type { Picked, QueueEntry } from '@/lib/domain/orders/order-desk'
import type { Location } from '@/lib/domain/stock/place'
import { queueRowWords } from './words'

/** One order of the queue: what it is, how far it is, who has it. Renders a `<tr>`. */
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
    <tr className="border-line border-b align-top max-tablet:grid max-tablet:grid-cols-[1fr_auto] max-tablet:gap-x-4 max-tablet:gap-y-1.5 max-tablet:py-4 tablet:[&>*]:py-3 tablet:[&>*]:pe-6">
      <th scope="row" className="font-normal">
        <Link
          href={`/staff/orders/${entry.order_id}` as Route}
          className="figures underlined inline-block min-h-6 font-semibold text-body"
        >
          {entry.number}
        </Link>
        <time dateTime={entry.created_at} className="figures block text-fine text-soft">
          {shopTime(entry.created_at)}
        </time>
      </th>
      <td className="max-tablet:col-span-2">
        {entry.name}
        <span className="block wrap-anywhere text-fine text-soft">{entry.email}</span>
      </td>
      <td className="max-tablet:col-span-2">
        {entry.stage === 'to_pick' ? (
          <>
            <span className="figures font-medium">{progressWords(toPick, entry.to_pick + entry.ready)}</span>
            <Holder orderId={entry.order_id} lease={lease} names={names} />
          </>
        ) : (
          stageWords[entry.stage]
        )}
        {entry.troubles.map((trouble) => (
          <span key={trouble} className="block font-medium text-fine text-low">
            {troubleWords[trouble]}
          </span>
        ))}
      </td>
      <td className="text-soft max-tablet:col-span-2">
        {entry.locations.map((id) => placeName(id, locations)).join(', ')}
        <span className="block text-fine">
          {entry.delivery === 'delivery'
            ? queueRowWords.delivery
            : queueRowWords.collectAt(placeName(entry.collect_at, locations))}
        </span>
      </td>
      <td className="figures text-right max-tablet:col-start-2 max-tablet:row-start-1 tablet:pe-0!">
        {formatMoney({ minor: entry.total_minor, currency: entry.currency })}
        <span className="block text-fine text-soft">{paymentWords[entry.payment]}</span>
      </td>
    </tr>
  )
}
