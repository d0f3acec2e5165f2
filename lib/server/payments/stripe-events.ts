import 'server-only'
import type Stripe from 'stripe'
import { valueOrNull } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'
import { KnownIntent } from './intents'

/**
 * Reads an event by the official client, which checks signature and age; null when it was not signed by Stripe for this shop.
 */
export function readEvent(
  stripe: Stripe,
  payload: Uint8Array<ArrayBuffer>,
  signature: string,
  secret: string,
): Stripe.Event | null {
  try {
    return stripe.webhooks.constructEvent(Buffer.from(payload), signature, secret)
  } catch {
    return null
  }
}

/**
 * Notes an event. Returns the payment to settle; null for an event that came before, and for a payment of another shop on the
 * same account. It is due in the database: if this server dies or Stripe does not answer, another one settles it.
 */
export async function noteStripeEvent({ id, type, data }: Stripe.Event): Promise<KnownIntent | null> {
  const intentId = intentIn(data.object)
  if (!intentId) return null
  const noted = await secretClient().rpc('note_stripe_event', {
    event_id: id,
    intent_id: intentId,
    kind: type,
  })
  return KnownIntent.nullable().parse(valueOrNull('note_stripe_event', noted))
}

/** The PaymentIntent that the object of an event is or belongs to. */
function intentIn(object: unknown): string | null {
  if (typeof object !== 'object' || object === null) return null
  if (Reflect.get(object, 'object') === 'payment_intent') return textOrNull(Reflect.get(object, 'id'))
  const owner: unknown = Reflect.get(object, 'payment_intent')
  return typeof owner === 'object' && owner !== null
    ? textOrNull(Reflect.get(owner, 'id'))
    : textOrNull(owner)
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value.length <= 200 ? value : null
}
