import { trackingLink } from './carriers'
import type { Order } from './order'

/** Units that left for the customer's address together, and how they travel, as it is known now. */
export interface Parcel {
  /** The event that handed them over. */
  handOver: number
  at: string
  carrier: string | null
  trackingNumber: string | null
  /** When it reached its address; null while it is not known. */
  deliveredAt: string | null
  /** The carrier's page of it. */
  link: `https://${string}` | null
}

/** The parcels of an order that is sent, the first one first: of each what was said last. */
export function parcelsOf({ delivery, events }: Pick<Order, 'delivery' | 'events'>): Parcel[] {
  if (delivery === 'collection') return []
  return events
    .filter(({ kind }) => kind === 'handed_over')
    .map(({ id, at, detail }) => {
      const changed = events.findLast(
        (event) => event.kind === 'parcel_changed' && event.detail.hand_over === id,
      )
      const { carrier = null, tracking_number = null } = (changed ?? { detail }).detail.parcel ?? {}
      const link = carrier && tracking_number ? trackingLink(carrier, tracking_number) : null
      const arrival = events.findLast(
        ({ kind, detail }) => (kind === 'delivered' || kind === 'not_delivered') && detail.hand_over === id,
      )
      const deliveredAt = arrival?.kind === 'delivered' ? arrival.at : null
      return { handOver: id, at, carrier, trackingNumber: tracking_number, deliveredAt, link }
    })
}

/** Whether everything of an order has reached its address. */
export function isDelivered(order: Pick<Order, 'delivery' | 'events' | 'status'>): boolean {
  const parcels = parcelsOf(order)
  return order.status === 'fulfilled' && parcels.length > 0 && parcels.every((parcel) => parcel.deliveredAt)
}
