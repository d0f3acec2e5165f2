import { ordersNow } from '@/lib/actions/shop/orders'
import { type LiveQuery, type LiveSource, liveQuery } from '@/lib/domain/live/query'
import { SignedOut } from '@/lib/domain/live/signed-out'
import type { Order } from '@/lib/domain/orders/order'

/** An order as its buyer sees it. It comes from the shop's server, which has the secret; browsers have not. */
const orders: LiveSource<Order> = {
  table: 'orders',
  columns: [],
  by: 'order_id',
  parse: () => null,
  id: (order) => order.order_id,
  version: (order) => order.version,
  async fetchRows(ids) {
    const found = await ordersNow(ids)
    if (!found) throw new SignedOut('orders')
    return found
  },
}

export function orderOf(orderId: string): LiveQuery<Order> {
  return liveQuery(orders, [orderId])
}
