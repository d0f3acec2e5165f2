import 'server-only'
import { Order } from '@/lib/domain/orders/order'
import {
  AwaitingInspection,
  DeskEvent,
  type DeskOrder,
  type OrderFilter,
  ordersPerPage,
  PickLine,
  QueueEntry,
  type WaitingOrders,
} from '@/lib/domain/orders/order-desk'
import { everyRow } from '@/lib/server/platform/every-row'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

export interface QueuePage {
  entries: QueueEntry[]
  /** Whether there are orders after the last one. */
  hasMore: boolean
}

/** The orders of the staff filter: longest waiting first, or newest first where nothing waits. */
export async function searchOrders(filter: OrderFilter): Promise<QueuePage> {
  const client = await sessionClient()
  const rows = rowsOrThrow(
    'search_orders',
    await client.rpc('search_orders', {
      ...(filter.q && { query: filter.q }),
      ...(filter.stage !== 'all' && { stage: filter.stage }),
      ...(filter.paid && { paid: filter.paid === 'yes' }),
      ...(filter.location && { location_id: filter.location }),
      ...(filter.after && { after: filter.after }),
      size: ordersPerPage + 1,
    }),
  )
  const entries = rows.map((row) => QueueEntry.parse(row))
  return { entries: entries.slice(0, ordersPerPage), hasMore: entries.length > ordersPerPage }
}

/** How many orders wait, by stage. */
export async function waitingOrders(): Promise<WaitingOrders> {
  const client = await sessionClient()
  const rows = rowsOrThrow('count_open_orders', await client.rpc('count_open_orders'))
  return Object.fromEntries(rows.map(({ stage, orders }) => [stage, orders]))
}

/** An order with all that staff see of it; null when there is none. */
export async function deskOrder(orderId: string): Promise<DeskOrder | null> {
  const client = await sessionClient()
  const [queue, read, lines, events, returns, payments] = await Promise.all([
    client.from('order_queue').select('*').eq('order_id', orderId).limit(1),
    client.rpc('read_order', { order_id: orderId }),
    everyRow('pick_lines', (from, to) =>
      client
        .from('pick_lines')
        .select('*')
        .eq('order_id', orderId)
        .order('order_item_id')
        .order('location_id')
        .range(from, to),
    ),
    everyRow('order_events', (from, to) =>
      client
        .from('order_events')
        .select('id, kind, detail, actor, created_at')
        .eq('order_id', orderId)
        .order('id')
        .range(from, to),
    ),
    everyRow('order_returns', (from, to) =>
      client
        .from('order_returns')
        .select('id, order_item_id, location_id, quantity, order_items!inner()')
        .eq('outcome', 'inspect')
        .eq('order_items.order_id', orderId)
        .order('id')
        .range(from, to),
    ),
    client.from('payments').select('provider_error').eq('order_id', orderId).limit(1),
  ])
  const [entry] = rowsOrThrow('order_queue', queue)
  if (!entry) return null
  return {
    entry: QueueEntry.parse(entry),
    order: Order.parse(rowsOrThrow('read_order', read)),
    lines: PickLine.array().parse(lines),
    events: DeskEvent.array().parse(events),
    awaitingInspection: AwaitingInspection.array().parse(returns),
    providerError: rowsOrThrow('payments', payments)[0]?.provider_error ?? null,
  }
}
