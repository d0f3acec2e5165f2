import type { Lease, Picked } from '@/lib/domain/orders/order-desk'
import { leaseMs, type QueueEntry } from '@/lib/domain/orders/order-desk'
import type { Location } from '@/lib/domain/stock/place'
import { QueueRow } from './queue-row'
import { orderQueueWords } from './words'

/** Orders and how far each is, live. Renders a `<table>`; on a small screen its rows become cards. */
export function OrderQueue({
  entries,
  leases,
  picks,
  now,
  locations,
  names,
}: {
  entries: readonly QueueEntry[]
  leases: readonly Lease[]
  picks: readonly Picked[]
  /** When leases were read, in clock milliseconds. */
  now: number
  locations: readonly Location[]
  names: Readonly<Record<string, string>>
}) {
  return (
    <table className="w-full border-collapse text-left text-small max-tablet:block">
      <caption className="sr-only">{orderQueueWords.orders}</caption>
      <thead className="max-tablet:sr-only">
        <tr className="border-line border-b text-fine text-soft [&>th]:py-2 [&>th]:pe-6 [&>th]:font-normal">
          <th scope="col">{orderQueueWords.order}</th>
          <th scope="col">{orderQueueWords.customer}</th>
          <th scope="col">{orderQueueWords.status}</th>
          <th scope="col">{orderQueueWords.location}</th>
          <th scope="col" className="pe-0! text-right">
            {orderQueueWords.money}
          </th>
        </tr>
      </thead>
      <tbody className="max-tablet:grid">
        {entries.map((entry) => (
          <QueueRow
            key={entry.order_id}
            entry={entry}
            lease={leaseOf(leases, entry.order_id, now)}
            picks={picks.filter(({ order_id }) => order_id === entry.order_id)}
            locations={locations}
            names={names}
          />
        ))}
      </tbody>
    </table>
  )
}

/** The rest of an order's lease at a moment; at most a whole lease. */
export function leaseOf(leases: readonly Lease[], orderId: string, now: number) {
  const rows = leases.filter(({ order_id }) => order_id === orderId)
  const until = rows[0]?.leased_until
  return { rows, leftMs: until ? Math.min(leaseMs, Math.max(0, Date.parse(until) - now)) : 0 }
}
