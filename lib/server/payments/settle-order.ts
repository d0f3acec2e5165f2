import 'server-only'
import type { Order } from '@/lib/domain/orders/order'
import type { CardOutcome } from '@/lib/domain/payments/card-payment'
import { intentOf } from './intents'
import { settleIntent } from './settle-intent'
import { stripeClient } from './stripe-client'

/**
 * Asks Stripe about the payment of an order, as a browser that comes back does: before, after or without the webhook, the
 * outcome is the same. An answer that does not come is asked for again by the worker.
 */
export async function settleOrder({ payment }: Order): Promise<CardOutcome> {
  const stripe = stripeClient()
  const known = stripe ? await intentOf(payment.payment_id) : null
  if (!stripe || !known) return 'payable'
  const status = await settleIntent(stripe, known).then(
    (settled) => settled.status,
    () => null,
  )
  if (status === 'authorised' || status === 'captured') return 'paid'
  return status === 'void' ? 'closed' : 'payable'
}
