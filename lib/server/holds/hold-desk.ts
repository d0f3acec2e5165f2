import 'server-only'
import type { Result } from '@/lib/domain/core/result'
import { HoldDesk, type HoldFilter, type OrderFilter, UnpaidOrders } from '@/lib/domain/holds/hold-desk'
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

export async function endHolds(
  lines: { cart_id: string; variant_id: string }[],
  idempotency_key: string,
): Promise<Result<unknown>> {
  return outcome('end_holds', await (await sessionClient()).rpc('end_holds', { lines, idempotency_key }))
}

/** What the database is asked for: hours are counted back from now, which a page that is shown again keeps. */
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

export async function cancelUnpaidOrders(
  filter: OrderFilter,
  { expected, at, idempotency_key }: { expected: number; at: number; idempotency_key: string },
): Promise<Result<unknown>> {
  const client = await sessionClient()
  return outcome(
    'cancel_unpaid_orders',
    await client.rpc('cancel_unpaid_orders', { ...asked(filter, at), expected, idempotency_key }),
  )
}

export async function blockCaller(request: {
  reason: string
  idempotency_key: string
  cart_id?: string
  network?: string
  hours?: number
}): Promise<Result<unknown>> {
  return outcome('block_caller', await (await sessionClient()).rpc('block_caller', request))
}

export async function unblockCaller(subject: string, idempotency_key: string): Promise<Result<unknown>> {
  return outcome(
    'unblock_caller',
    await (await sessionClient()).rpc('unblock_caller', { subject, idempotency_key }),
  )
}
