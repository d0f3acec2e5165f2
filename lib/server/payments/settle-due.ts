import 'server-only'
import Stripe from 'stripe'
import { z } from 'zod'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { repeat } from '@/lib/server/platform/repeat'
import { secretClient } from '@/lib/server/platform/supabase'
import { KnownIntent } from './intents'
import { settleIntent } from './settle-intent'
import { codeOf, stripeClient } from './stripe-client'

const everyMs = 2_000
const intentsPerCall = 20

const Due = KnownIntent.extend({ lease: z.guid() })

/** Offers cards and settles due payments, for as long as this server lives. Does nothing without the keys of Stripe. */
export function startCardPayments(): void {
  const stripe = stripeClient()
  if (!stripe) return
  let isOffered = false
  repeat(everyMs, 'Card payments could not be settled', async () => {
    if (!isOffered) rowsOrThrow('offer_cards', await secretClient().rpc('offer_cards'))
    isOffered = true
    while ((await settleDueIntents(stripe)) === intentsPerCall);
  })
}

/**
 * Settles the payments that are due, at most twenty. Resolves with how many it took. One whose server died is due again when
 * its lease ends.
 */
export async function settleDueIntents(stripe: Stripe): Promise<number> {
  const client = secretClient()
  const taken = await client.rpc('take_payment_work', { at_most: intentsPerCall })
  const due = Due.array().parse(rowsOrThrow('take_payment_work', taken))
  for (const { lease, ...known } of due) {
    await settleIntent(stripe, known).catch(async (cause: unknown) => {
      const failed = await client.rpc('fail_payment_work', {
        payment_id: known.payment_id,
        lease,
        error: wordsOf(cause),
        is_final: isRefused(cause),
      })
      rowsOrThrow('fail_payment_work', failed)
    })
  }
  return due.length
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? `${codeOf(cause) ?? cause.name}: ${cause.message}` : String(cause)
}

/** Whether Stripe refuses the step itself, so that asking again alone changes nothing. */
function isRefused(cause: unknown): boolean {
  return (
    cause instanceof Stripe.errors.StripeInvalidRequestError &&
    codeOf(cause) !== 'payment_intent_unexpected_state'
  )
}
