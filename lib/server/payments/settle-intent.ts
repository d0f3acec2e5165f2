import 'server-only'
import type Stripe from 'stripe'
import { z } from 'zod'
import { fromStripeAmount, toStripeAmount } from '@/lib/domain/payments/stripe-amount'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'
import type { KnownIntent } from './intents'
import { codeOf } from './stripe-client'

/** The answer of record_intent: the effect, and the step that has to be done at Stripe now. */
const Recorded = z.intersection(
  z.object({ effect: z.string(), order_id: z.guid(), status: z.string(), currency: z.string() }),
  z.union([
    z.object({ step: z.literal(['capture', 'refund']), amount_minor: z.int(), key: z.string() }),
    z.object({ step: z.literal('cancel'), key: z.string() }),
    z.object({ step: z.undefined() }),
  ]),
)
type Recorded = z.infer<typeof Recorded>

/** A look, a step, and a look for each refund: more would be a mistake. */
const mostLooks = 20

/**
 * Asks Stripe for an intent, records its state, does the step that follows from it, and asks again, until there is nothing
 * to do. Repeated at any time by any server it comes to the same end. Throws when Stripe or the database does not do a
 * step; nothing is lost by that.
 */
export async function settleIntent(stripe: Stripe, known: KnownIntent): Promise<Recorded> {
  let { status } = known
  for (let look = 0; look < mostLooks; look += 1) {
    const facts = await factsOf(stripe, known, status)
    const recorded = await secretClient().rpc('record_intent', { facts })
    const next = Recorded.parse(rowsOrThrow('record_intent', recorded))
    if (next.step === undefined) return next
    await doStep(stripe, known, next)
    status = next.status
  }
  throw new Error(`${known.intent_id} still has a step after ${mostLooks} looks`)
}

/** An intent as record_intent takes it. `status`: of its payment, known before Stripe was asked. */
async function factsOf(stripe: Stripe, known: KnownIntent, status: string) {
  const intent = await stripe.paymentIntents
    .retrieve(known.intent_id, { expand: ['latest_charge'] })
    .catch((cause: unknown) => {
      if (codeOf(cause) === 'resource_missing' && unpaid.includes(status)) return null
      throw cause
    })
  if (!intent) return factsOfMissing(known, status)
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null
  return {
    payment_id: known.payment_id,
    intent_id: intent.id,
    known: status,
    state: intent.status,
    amount_minor: fromStripeAmount(intent.amount, intent.currency),
    currency: intent.currency,
    received_minor: fromStripeAmount(intent.amount_received, intent.currency),
    decline: declineOf(intent),
    dispute: charge?.disputed ? await disputeOf(stripe, intent.id) : null,
    refunds: intent.status === 'succeeded' ? await refundsOf(stripe, intent.id) : [],
  }
}

/** Before a payment is authorised, an intent that another account has can be paid by nobody here. */
const unpaid = ['pending', 'declined', 'void']

function factsOfMissing({ payment_id, intent_id }: KnownIntent, status: string) {
  return {
    payment_id,
    intent_id,
    known: status,
    state: 'canceled',
    amount_minor: 0,
    currency: 'xxx',
    received_minor: 0,
  }
}

/** A name of the last decline, so that each counts once; null when the last attempt was not declined. */
function declineOf({ status, last_payment_error: error, latest_charge: charge }: Stripe.PaymentIntent) {
  if (status !== 'requires_payment_method' || !error) return null
  const chargeId = error.charge ?? (typeof charge === 'string' ? charge : charge?.id) ?? ''
  return `${chargeId} ${error.code ?? error.type}`.trim().slice(0, 200)
}

async function disputeOf(stripe: Stripe, intentId: string): Promise<'open' | 'won' | 'lost'> {
  const { data } = await stripe.disputes.list({ payment_intent: intentId, limit: 100 })
  if (data.some(({ status }) => status !== 'won' && status !== 'lost' && status !== 'warning_closed'))
    return 'open'
  return data.some(({ status }) => status === 'lost') ? 'lost' : 'won'
}

async function refundsOf(stripe: Stripe, intentId: string) {
  const { data } = await stripe.refunds.list({ payment_intent: intentId, limit: 100 })
  return data.map(({ id, amount, currency, status, metadata }) => ({
    refund_id: id,
    row_id: metadata?.row ?? null,
    amount_minor: fromStripeAmount(amount, currency),
    state: status ?? 'pending',
  }))
}

/** A step that Stripe says is too late (another server did it) shows in the next look. */
async function doStep(
  stripe: Stripe,
  { intent_id }: KnownIntent,
  next: Exclude<Recorded, { step: undefined }>,
): Promise<void> {
  const options = { idempotencyKey: next.key }
  const amount = next.step === 'cancel' ? 0 : toStripeAmount(next.amount_minor, next.currency)
  if (next.step === 'capture')
    await stripe.paymentIntents.capture(intent_id, { amount_to_capture: amount }, options)
  else if (next.step === 'cancel') await stripe.paymentIntents.cancel(intent_id, {}, options)
  else if (next.step === 'refund')
    await stripe.refunds.create({ payment_intent: intent_id, amount, metadata: { row: next.key } }, options)
}
