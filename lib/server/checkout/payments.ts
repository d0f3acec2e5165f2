import 'server-only'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { SandboxEvent, SandboxPlan } from '@/lib/domain/checkout/sandbox'
import { accepted, type Result } from '@/lib/domain/core/result'
import { Order } from '@/lib/domain/orders/order'
import { sandboxWebhook } from '@/lib/server/platform/env'
import { outcome, rowsOrThrow } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'

/** The header in which the sandbox sends its signature. */
export const signatureHeader = 'x-sandbox-signature'

/** The result of a webhook. `refund_due`: the payment was for a cancelled order and has to be refunded. */
const PaymentEffect = z.object({
  effect: z.enum(['placed', 'refund_due', 'started', 'declined', 'refunded', 'ignored']),
  order_id: z.guid(),
})
export type PaymentEffect = z.infer<typeof PaymentEffect>

/** Hands a provider's webhook to the database, which checks the signature and books each event once. */
export async function receivePaymentEvent(
  payload: string,
  signature: string,
): Promise<Result<PaymentEffect>> {
  const received = outcome(
    'receive_payment_event',
    await secretClient().rpc('receive_payment_event', { payload, signature }),
  )
  return received.ok ? accepted(PaymentEffect.parse(received.data)) : received
}

/** How long the provider waits for the webhook, in milliseconds. */
const webhookMs = 12_000

/**
 * Plays the provider: signs an event and sends it to the shop's webhook over HTTP, `times` times, as a provider does
 * that is not sure it was heard. Throws when the webhook answers with anything but success.
 */
export async function sendSandboxEvent(
  { payment }: Order,
  kind: SandboxEvent,
  { times = 1, amount = payment.amount_minor } = {},
): Promise<void> {
  const payload = JSON.stringify({
    provider: 'sandbox',
    event_id: randomUUID(),
    payment_id: payment.payment_id,
    kind,
    amount_minor: amount,
  })
  const signature = rowsOrThrow(
    'sign_sandbox_event',
    await secretClient().rpc('sign_sandbox_event', { payload }),
  )
  for (let sent = 0; sent < times; sent += 1) {
    const response = await fetch(sandboxWebhook(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', [signatureHeader]: signature },
      body: payload,
      signal: AbortSignal.timeout(webhookMs),
    })
    if (!response.ok) throw new Error(`sandbox webhook: ${response.status} ${await response.text()}`)
  }
}

/** Refunds what is due through the sandbox, which confirms by webhook. Failed refunds stay in the payment queue. */
export async function giveBackWhatIsDue(orderId: string): Promise<void> {
  const order = Order.parse(
    rowsOrThrow('read_order', await secretClient().rpc('read_order', { order_id: orderId })),
  )
  const amount = order.payment.refund_due_minor - order.payment.refunded_minor
  if (order.payment.provider === 'sandbox' && amount > 0)
    await sendSandboxEvent(order, 'refunded', { amount })
}

/** Has the sandbox provider do as planned. */
export async function playSandbox(order: Order, { afterMs, events }: SandboxPlan): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, afterMs))
  for (const { kind, times } of events) await sendSandboxEvent(order, kind, { times })
}
