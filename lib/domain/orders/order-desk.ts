import { z } from 'zod'
import { Order, PaymentStatus } from './order'

/** How many orders a page of the queue shows. */
export const ordersPerPage = 50

/** The stage of an order for staff: `placed` is two stages, by whether all units are in the box. */
export const orderStages = ['awaiting_payment', 'to_pick', 'ready', 'fulfilled', 'cancelled'] as const
export const OrderStage = z.enum(orderStages)
export type OrderStage = z.infer<typeof OrderStage>

/**
 * Open decisions: a refund, an unpaid order, a shortage to report, a return to inspect, a step that the payment provider could
 * not do, a payment that the cardholder disputes, goods that left and are unpaid.
 */
export const OrderTrouble = z.enum([
  'refund_due',
  'no_answer',
  'short',
  'inspect',
  'provider_failed',
  'disputed',
  'unpaid',
  'withdrawn',
])
export type OrderTrouble = z.infer<typeof OrderTrouble>

/** The picker of an order and the end of their lease without a renewal; both null when it is unassigned. */
export const Lease = z.object({
  order_id: z.guid(),
  picker: z.guid().nullable(),
  leased_until: z.string().nullable(),
  version: z.int(),
})
export type Lease = z.infer<typeof Lease>

/** How long, in milliseconds, a lease lasts from when its picker was last heard of. As in SQL. */
export const leaseMs = 30_000

/** One order as the queue shows it. Units are whole, money minor units. */
export const QueueEntry = z.object({
  order_id: z.guid(),
  number: z.int(),
  name: z.string(),
  email: z.string(),
  delivery: z.enum(['collection', 'delivery']),
  collect_at: z.guid().nullable(),
  stage: OrderStage,
  units: z.int(),
  to_pick: z.int(),
  ready: z.int(),
  /** The sum of its picks when this was read: what they grow by since is not in `to_pick`. */
  scanned: z.int(),
  locations: z.array(z.guid()),
  currency: z.string(),
  total_minor: z.int(),
  payment: PaymentStatus,
  troubles: z.array(OrderTrouble),
  created_at: z.string(),
})
export type QueueEntry = z.infer<typeof QueueEntry>

/** Units to pick for an order at one location. `picked` of them are in the box or handed over. */
export const PickLine = z.object({
  order_id: z.guid(),
  order_item_id: z.int(),
  location_id: z.guid(),
  variant_id: z.guid(),
  sku: z.string(),
  barcode: z.string().nullable(),
  title: z.string(),
  option_values: z.array(z.string()),
  quantity: z.int(),
  picked: z.int(),
  fulfilled: z.int(),
  picture: z.string().nullable(),
})
export type PickLine = z.infer<typeof PickLine>

/** How far one line is, as it changes with every scan. */
export const Picked = z.object({
  order_item_id: z.int(),
  location_id: z.guid(),
  order_id: z.guid(),
  picked: z.int(),
  version: z.int(),
})
export type Picked = z.infer<typeof Picked>

/** A returned item that waits for inspection. */
export const AwaitingInspection = z.object({
  id: z.int(),
  order_item_id: z.int(),
  location_id: z.guid(),
  quantity: z.int(),
})
export type AwaitingInspection = z.infer<typeof AwaitingInspection>

/** An event of an order, and its actor. */
export const DeskEvent = Order.shape.events.element.omit({ at: true }).extend({
  actor: z.guid(),
  created_at: z.string(),
})
export type DeskEvent = z.infer<typeof DeskEvent>

/** An order with all that staff see of it. */
export interface DeskOrder {
  order: Order
  entry: QueueEntry
  lines: readonly PickLine[]
  events: readonly DeskEvent[]
  awaitingInspection: readonly AwaitingInspection[]
  /** The payment provider's answer to a step that failed; null when none did. */
  providerError: string | null
}

/** The queue's filters, as they appear in the URL. Unreadable values count as not set. */
export const OrderFilter = z.object({
  q: z.string().trim().max(200).catch(''),
  stage: z.enum([...orderStages, 'trouble', 'all']).catch('to_pick'),
  paid: z.enum(['yes', 'no', '']).catch(''),
  location: z.union([z.guid(), z.literal('')]).catch(''),
  after: z.union([z.guid(), z.literal('')]).catch(''),
})
export type OrderFilter = z.infer<typeof OrderFilter>

/** The address of the queue narrowed so, without what is not set. */
export function ordersAddress(filter: Partial<Record<keyof OrderFilter, string>>): string {
  const query = new URLSearchParams(
    Object.entries(filter).filter(
      ([name, value]) => value !== '' && (name !== 'stage' || value !== 'to_pick'),
    ),
  )
  return query.size > 0 ? `/staff/orders?${query}` : '/staff/orders'
}

/** The number of orders in each stage that needs work. */
export type WaitingOrders = Partial<Record<OrderStage | 'trouble', number>>
