import { Table } from '@/components/ui/data/table'
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
    <Table
      asCards
      caption={orderQueueWords.orders}
      columns={[
        { heading: orderQueueWords.order },
        { heading: orderQueueWords.customer },
        { heading: orderQueueWords.status },
        { heading: orderQueueWords.location },
        { heading: orderQueueWords.money, end: true },
      ]}
    >
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
    </Table>
  )
}

/** The rest of an order's lease at a moment; at most a whole lease. */
export function leaseOf(leases: readonly Lease[], orderId: string, now: number) {
  const rows = leases.filter(({ order_id }) => order_id === orderId)
  const until = rows[0]?.leased_until
  return { rows, leftMs: until ? Math.min(leaseMs, Math.max(0, Date.parse(until) - now)) : 0 }
}
