import 'server-only'
import type { Result } from '@/lib/domain/core/result'
import { HoldDesk, type HoldFilter, type OrderFilter, UnpaidOrders } from '@/lib/domain/holds/hold-desk'
import type { OrdersToCancel } from '@/lib/domain/holds/hold-request'
import { callFunction } from '@/lib/server/platform/call-function'
import { outcome, rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

/** Which guests and networks hold how much now. */
export async function readHolds({ network, cart, variant }: HoldFilter): Promise<HoldDesk> {
  const client = await sessionClient()
  return HoldDesk.parse(
    rowsOrThrow(
      'read_holds',
      await client.rpc('read_holds', {
        ...(network && { network }),
        ...(cart && { cart_id: cart }),
        ...(variant && { variant_id: variant }),
      }),
    ),
  )
}

/** The filter sent to the database. Hours are counted back from now, and a reloaded page keeps that moment. */
const asked = ({ network, email, hours }: OrderFilter, now: number) => ({
  ...(network && { network }),
  ...(email && { email }),
  ...(hours && { since: new Date(now - hours * 3_600_000).toISOString() }),
})

export async function countUnpaidOrders(filter: OrderFilter): Promise<Result<UnpaidOrdersFound>> {
  const now = Date.now()
  const client = await sessionClient()
  const counted = outcome('count_unpaid_orders', await client.rpc('count_unpaid_orders', asked(filter, now)))
  return counted.ok ? { ok: true, data: { ...UnpaidOrders.parse(counted.data), at: now } } : counted
}
/** With the moment at which they were counted. */
type UnpaidOrdersFound = { orders: number; units: number; total_minor: number; at: number }

export async function cancelUnpaidOrders({
  expected,
  at,
  idempotency_key,
  ...filter
}: OrdersToCancel): Promise<Result<unknown>> {
  return callFunction('cancel_unpaid_orders', { ...asked(filter, at), expected, idempotency_key })
}
