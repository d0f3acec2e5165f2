import 'server-only'
import { z } from 'zod'
import type { Order } from '@/lib/domain/orders/order'
import type { CardAccess } from '@/lib/domain/payments/card-payment'
import { toStripeAmount } from '@/lib/domain/payments/stripe-amount'
import { stripeSettings } from '@/lib/server/platform/env'
import { rowsOrThrow, valueOrNull } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'
import { stripeClient } from './stripe-client'

/** A PaymentIntent of this shop, and the status its payment had when it was read. */
export const KnownIntent = z.object({
  payment_id: z.guid(),
  intent_id: z.string(),
  order_id: z.guid(),
  status: z.string(),
})
export type KnownIntent = z.infer<typeof KnownIntent>

/** The intent of a card payment; null while it has none. */
export async function intentOf(paymentId: string): Promise<KnownIntent | null> {
  const found = await secretClient().rpc('payment_intent', { payment_id: paymentId })
  return KnownIntent.nullable().parse(valueOrNull('payment_intent', found))
}

/** The access of a browser to the payment of one order; null where the shop takes no cards. */
export async function cardAccess(order: Order): Promise<CardAccess | null> {
  const settings = stripeSettings()
  const clientSecret = settings && (await clientSecretOf(order))
  if (!settings || !clientSecret) return null
  return { publishableKey: settings.publishableKey, clientSecret, scriptUrl: settings.scriptUrl.href }
}

/**
 * The secret by which a browser pays an order, and nothing else. The order's payment gets its one PaymentIntent: cards
 * alone, because they are authorised before they are charged. Throws when Stripe does not answer.
 */
async function clientSecretOf({ order_id, number, currency, payment }: Order): Promise<string | null> {
  const stripe = stripeClient()
  if (!stripe) return null
  const known = await intentOf(payment.payment_id)
  if (known) return (await stripe.paymentIntents.retrieve(known.intent_id)).client_secret
  const made = await stripe.paymentIntents.create(
    {
      amount: toStripeAmount(payment.amount_minor, currency),
      currency: currency.toLowerCase(),
      capture_method: 'manual',
      allowed_payment_method_types: ['card'],
      description: `Order ${number}`,
      metadata: { order_id, payment_id: payment.payment_id },
    },
    { idempotencyKey: `intent-${payment.payment_id}` },
  )
  const kept = await secretClient().rpc('payment_intent', {
    payment_id: payment.payment_id,
    intent_id: made.id,
  })
  rowsOrThrow('payment_intent', kept)
  return made.client_secret
}

/** Records that the buyer begins to pay; false when the order cannot be paid any more. */
export async function startCardPayment(paymentId: string): Promise<boolean> {
  const started = await secretClient().rpc('start_card_payment', { payment_id: paymentId })
  return rowsOrThrow('start_card_payment', started)
}
