import { type FakeStripe, startFakeStripe } from 'fake-stripe'
import type { Sql } from 'postgres'
import Stripe from 'stripe'
import { intentOf, type KnownIntent } from '@/lib/server/payments/intents'
import { settleDueIntents } from '@/lib/server/payments/settle-due'
import { settleIntent } from '@/lib/server/payments/settle-intent'
import { noteStripeEvent } from '@/lib/server/payments/stripe-events'
import { secretClient } from '@/lib/server/platform/supabase'
import { deliver } from '@/tests/support/database'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aGuest } from '@/tests/support/shop/shopping'

export interface Cards {
  fake: FakeStripe
  /** The client of buyers' browsers. */
  stripe: Stripe
  /** The client of the shop's servers. */
  server: Stripe
  stop: () => Promise<void>
}

/** A server waits no longer for an answer: half of the faults never answer. A slow answer is one more of them. */
const serverAnswerMs = 100

/** A fake Stripe with its official client, offered by the shop. Its webhooks are held. */
export async function startCards(): Promise<Cards> {
  const fake = await startFakeStripe()
  fake.webhooks.mode = 'held'
  const { hostname, port } = new URL(fake.url)
  const client = (timeout: number) =>
    new Stripe(fake.secretKey, {
      host: hostname,
      port,
      protocol: 'http',
      maxNetworkRetries: 0,
      timeout,
      telemetry: false,
    })
  await secretClient().rpc('offer_cards')
  return { fake, stripe: client(60_000), server: client(serverAnswerMs), stop: fake.stop }
}

/** One order of one unit that is to be paid by card, its buyer, and the shop's server. All of it is committed. */
export async function aCardOrder(sql: Sql, { fake, stripe, server }: Cards, units = 1) {
  const shop = await stockedVariant(sql as never, units)
  const buyer = aGuest(sql)
  await buyer.hold(shop.variantId, 1)
  const placed = await buyer.place('stripe')
  const made = await stripe.paymentIntents.create({
    amount: placed.total_minor,
    currency: 'eur',
    capture_method: 'manual',
    allowed_payment_method_types: ['card'],
  })
  await secretClient().rpc('payment_intent', { payment_id: placed.payment_id, intent_id: made.id })
  const known = async () => (await intentOf(placed.payment_id)) as KnownIntent
  const quietly = (work: Promise<unknown>) => work.then(() => true).catch(() => false)
  return {
    ...shop,
    placed,
    buyer,
    intentId: made.id,
    known,
    /** The buyer's browser confirms the payment at Stripe. */
    pay: (card = 'pm_card_visa') => quietly(stripe.paymentIntents.confirm(made.id, { payment_method: card })),
    /** The browser comes back: its page asks the server, which asks Stripe. */
    comeBack: async () => quietly(settleIntent(server, await known())),
    /** A webhook reaches a server, which settles the payment. */
    hear: async (eventId: string) => {
      const event = fake.state.events.get(eventId) as unknown as Stripe.Event
      const noted = await noteStripeEvent(event)
      if (noted) await quietly(settleIntent(server, noted))
      return noted !== null
    },
    /** The hold ends before the payment is settled. */
    expire: async () => {
      await sql`update public.claims set expires_at = private.clock() - interval '1 second'
        where variant_id = ${shop.variantId} and order_item_id is not null`
      await sql`update public.payments set deadline = private.clock() - interval '1 second'
        where id = ${placed.payment_id}`
    },
    /** A server looks at this payment now, whenever it would be due. */
    work: async () => {
      await sql`update private.payment_intents set due_at = private.clock()
        where payment_id = ${placed.payment_id} and due_at is not null`
      return settleDueIntents(server)
    },
    deliver: (more: number) => deliver(sql as never, shop.variantId, shop.locations[0], more),
  }
}
