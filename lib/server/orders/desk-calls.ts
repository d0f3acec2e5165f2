import 'server-only'
import { accepted, type Result } from '@/lib/domain/core/result'
import type { ClaimNext, RefundMore } from '@/lib/domain/orders/desk-request'
import { Order } from '@/lib/domain/orders/order'
import { Lease } from '@/lib/domain/orders/order-desk'
import { sendSandboxEvent } from '@/lib/server/checkout/payments'
import { callFunction } from '@/lib/server/platform/call-function'

/** Takes the order that has waited longest; null when none waits. */
export async function claimNext(asked: ClaimNext): Promise<Result<string | null>> {
  const claimed = await callFunction('claim_next_order', asked)
  return claimed.ok ? accepted((claimed.data as { order_id: string | null }).order_id) : claimed
}

/** Keeps an order that is the caller's; answers whose it is. */
export async function renewLease(orderId: string): Promise<Result<Lease>> {
  const renewed = await callFunction('renew_claim', { order_id: orderId })
  return renewed.ok ? accepted(Lease.parse(renewed.data)) : renewed
}

/** Refunds what is due. A provider that took the money is asked to, and its signed answer records it. */
export async function giveRefund(asked: {
  order_id: string
  idempotency_key: string
}): Promise<Result<unknown>> {
  return withSandboxRefund(await callFunction('give_refund', asked))
}

/** Refunds more than is due, with a reason. The worker of card payments asks Stripe; the sandbox is asked here. */
export async function giveGoodwill(asked: RefundMore): Promise<Result<unknown>> {
  return withSandboxRefund(await callFunction('refund_more', asked))
}

async function withSandboxRefund(given: Result<unknown>): Promise<Result<unknown>> {
  if (!given.ok) return given
  const order = Order.parse(given.data)
  const { provider, refund_due_minor, refunded_minor } = order.payment
  const amount = refund_due_minor - refunded_minor
  if (provider === 'sandbox' && amount > 0) await sendSandboxEvent(order, 'refunded', { amount })
  return given
}
