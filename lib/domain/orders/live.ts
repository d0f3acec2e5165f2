import { z } from 'zod'
import { liveList } from '@/lib/domain/live/live-list'
import { type LiveQuery, type LiveSource, liveQuery } from '@/lib/domain/live/query'
import { rowsOf } from '@/lib/domain/stock/live'
import { OrderStatus } from './order'
import { Lease, Picked } from './order-desk'

/** The version of an order: enough to know when to reload it. */
const OrderPulse = z.object({ id: z.guid(), number: z.int(), status: OrderStatus, version: z.int() })
export type OrderPulse = z.infer<typeof OrderPulse>

const orders = {
  table: 'orders',
  ...rowsOf(OrderPulse),
  id: (row: OrderPulse) => row.id,
  version: (row: OrderPulse) => row.version,
}
const ordersById: LiveSource<OrderPulse> = { ...orders, by: 'id' }

/** The newest orders, latest first. */
export const newestOrders = liveList<OrderPulse>({ ...orders, by: 'number' }, { pageSize: 50 })

const leases: LiveSource<Lease> = {
  table: 'order_picking',
  ...rowsOf(Lease),
  by: 'order_id',
  id: (row) => row.order_id,
  version: (row) => row.version,
}

export const picks: LiveSource<Picked> = {
  table: 'order_picks',
  ...rowsOf(Picked),
  by: 'order_id',
  id: pickId,
  version: (row) => row.version,
}

/** Names a line of a pick list: an item at a location. */
export function pickId({
  order_item_id,
  location_id,
}: Pick<Picked, 'order_item_id' | 'location_id'>): string {
  return `${order_item_id}@${location_id}`
}

export function ordersOf(orderIds: readonly string[]): LiveQuery<OrderPulse> {
  return liveQuery(ordersById, orderIds)
}

/** The picker of some orders. An order that nobody ever began has no row. */
export function leasesOf(orderIds: readonly string[]): LiveQuery<Lease> {
  return liveQuery(leases, orderIds)
}

/** How far the lines of some orders are. */
export function picksOf(orderIds: readonly string[]): LiveQuery<Picked> {
  return liveQuery(picks, orderIds)
}
