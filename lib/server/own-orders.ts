import 'server-only'
import { z } from 'zod'
import { OwnOrder } from '@/lib/domain/own-order'
import { rowsOrThrow } from './refusals'
import type { Person } from './session'
import { sessionClient } from './supabase'

const pageSize = 20

/** One page (from 1) of a person's own orders, latest first, and how many pages there are. */
export async function ownOrders(
  person: Person,
  page: number,
): Promise<{ orders: OwnOrder[]; pages: number }> {
  const client = await sessionClient()
  // By their id, although row level security is there: a colleague who shops sees everybody's orders.
  const found = await client
    .from('orders')
    .select(`${Object.keys(OwnOrder.shape).slice(0, -1).join()}, order_items (title, quantity)`, {
      count: 'exact',
    })
    .eq('user_id', person.id)
    .order('number', { ascending: false })
    .range((page - 1) * pageSize, page * pageSize - 1)
  const orders = z.array(OwnOrder).parse(rowsOrThrow('orders', found))
  return { orders, pages: Math.ceil((found.count ?? 0) / pageSize) }
}
