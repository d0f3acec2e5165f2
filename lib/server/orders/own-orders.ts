import 'server-only'
import { z } from 'zod'
import { OwnOrder } from '@/lib/domain/orders/own-order'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

const pageSize = 20
const OwnOrders = z.object({ total: z.int(), orders: z.array(OwnOrder) })

/** One page (from 1) of the orders of who is signed in, latest first, and how many pages there are. */
export async function ownOrders(page: number): Promise<{ orders: OwnOrder[]; pages: number }> {
  const client = await sessionClient()
  const { total, orders } = OwnOrders.parse(
    rowsOrThrow('read_own_orders', await client.rpc('read_own_orders', { page })),
  )
  return { orders, pages: Math.ceil(total / pageSize) }
}
