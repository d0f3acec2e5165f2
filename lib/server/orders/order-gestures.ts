import 'server-only'
import { accepted, type Result } from '@/lib/domain/core/result'
import { Order } from '@/lib/domain/orders/order'
import { Lease, Picked } from '@/lib/domain/orders/order-desk'
import type { ClaimNext, OrderGesture } from '@/lib/domain/orders/order-gesture'
import { sendSandboxEvent } from '@/lib/server/checkout/payments'
import { outcome } from '@/lib/server/platform/refusals'
import { type Supabase, sessionClient } from '@/lib/server/platform/supabase'

/** Does what a colleague asks of an order. The database decides whether they may. */
export async function doAtDesk(asked: OrderGesture): Promise<Result<unknown>> {
  const done = outcome(asked.gesture, await sent(await sessionClient(), asked))
  if (done.ok && asked.gesture === 'give_refund') await askProvider(Order.parse(done.data))
  return done
}

/** Picks units and says how far their line is then. */
export async function pickUnits(
  asked: Extract<OrderGesture, { gesture: 'pick_units' }>,
): Promise<Result<Picked>> {
  const picked = await doAtDesk(asked)
  return picked.ok ? accepted(Picked.parse(picked.data)) : picked
}

/** Takes the order that has waited longest; null when none waits. */
export async function claimNext(asked: ClaimNext): Promise<Result<string | null>> {
  const client = await sessionClient()
  const claimed = outcome('claim_next_order', await client.rpc('claim_next_order', asked))
  return claimed.ok ? accepted((claimed.data as { order_id: string | null }).order_id) : claimed
}

/** Keeps an order that is the caller's; answers whose it is. */
export async function renewLease(orderId: string): Promise<Result<Lease>> {
  const client = await sessionClient()
  const renewed = outcome('renew_claim', await client.rpc('renew_claim', { order_id: orderId }))
  return renewed.ok ? accepted(Lease.parse(renewed.data)) : renewed
}

function sent(client: Supabase, asked: OrderGesture) {
  switch (asked.gesture) {
    case 'pick_units': {
      const { gesture, ...args } = asked
      return client.rpc(gesture, args)
    }
    case 'short_pick': {
      const { gesture, ...args } = asked
      return client.rpc(gesture, args)
    }
    case 'fulfil_order': {
      const { gesture, ...args } = asked
      return client.rpc(gesture, args)
    }
    case 'return_items': {
      const { gesture, ...args } = asked
      return client.rpc(gesture, args)
    }
    case 'inspect_return': {
      const { gesture, order_id, ...args } = asked
      return client.rpc(gesture, args)
    }
    case 'cancel_order': {
      const { gesture, ...args } = asked
      return client.rpc(gesture, args)
    }
    default: {
      const { gesture, ...args } = asked
      return client.rpc(gesture, args)
    }
  }
}

/** A manager has decided: what a provider took it is asked to give back, and its signed answer books it. */
async function askProvider(order: Order): Promise<void> {
  const { provider, refund_due_minor, refunded_minor } = order.payment
  const amount = refund_due_minor - refunded_minor
  if (provider === 'sandbox' && amount > 0) await sendSandboxEvent(order, 'refunded', { amount })
}
