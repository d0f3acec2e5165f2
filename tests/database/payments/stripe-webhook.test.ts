import { signatureOf } from 'fake-stripe/webhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { POST } from '@/app/api/payments/stripe/route'
import { aCardOrder, type Cards, startCards } from '@/tests/support/cards/card-payments'
import { connect } from '@/tests/support/database'

const sql = connect(2)
let cards: Cards
beforeAll(async () => {
  cards = await startCards()
  Object.assign(process.env, cards.fake.env)
})
afterAll(async () => {
  for (const name of Object.keys(cards.fake.env)) delete process.env[name]
  await cards.stop()
  await sql.end()
})

const send = (body: string, signature?: string) =>
  POST(
    new Request('http://shop.test/api/payments/stripe', {
      method: 'POST',
      body,
      headers: signature ? { 'stripe-signature': signature } : {},
    }),
  )
const signed = (body: string, at?: number) => signatureOf(body, cards.fake.webhookSecret, at)
const eventAbout = (intent: string, more: object = {}) =>
  JSON.stringify({
    id: `evt_${crypto.randomUUID().replaceAll('-', '')}`,
    object: 'event',
    type: 'payment_intent.succeeded',
    data: {
      object: { id: intent, object: 'payment_intent', status: 'succeeded', amount_received: 1, ...more },
    },
  })
const eventsOf = async (paymentId: string) =>
  Number((await sql`select count(*) from private.payment_events where payment_id = ${paymentId}`)[0]?.count)

test('a body without the signature of Stripe is refused', async () => {
  const { intentId, placed } = await aCardOrder(sql, cards)
  const body = eventAbout(intentId)
  const now = Math.floor(Date.now() / 1000)
  for (const signature of [
    undefined,
    '',
    't=1',
    `t=${now},v1=${'ab'.repeat(32)}`,
    signatureOf(body, 'whsec_of_another_shop'),
    signed(`${body} `),
    // Replayed after more than five minutes.
    signed(body, now - 301),
  ])
    expect((await send(body, signature)).status, String(signature)).toBe(400)
  expect((await send('{', signed('{'))).status).toBe(400)
  expect(await eventsOf(placed.payment_id)).toBe(0)
})

test('a body that is too large is refused before it is read', async () => {
  const body = eventAbout('pi_x', { description: 'x'.repeat(70_000) })
  expect((await send(body, signed(body))).status).toBe(413)
})

test('an event of another shop on the account, or of no payment, is answered and changes nothing', async () => {
  for (const body of [eventAbout('pi_of_another_shop'), eventAbout('x'.repeat(500))]) {
    const answer = await send(body, signed(body))
    expect([answer.status, await answer.json()]).toEqual([200, { isNew: false }])
  }
})

test('an event is believed about nothing but its intent: the server asks Stripe', async () => {
  const order = await aCardOrder(sql, cards)
  cards.fake.state.events.set('evt_lie', JSON.parse(eventAbout(order.intentId, { amount_received: 999_999 })))
  await order.hear('evt_lie')
  const { status, payment } = await order.buyer.order(order.placed.order_id)
  expect([status, payment.captured_minor]).toEqual(['awaiting_payment', 0])
})

test('a shop without the keys of Stripe has no webhook, and one with half of them does not start', async () => {
  const { STRIPE_WEBHOOK_SECRET: secret } = process.env
  delete process.env.STRIPE_WEBHOOK_SECRET
  await expect(send('{}', signed('{}'))).rejects.toThrow('belong together')
  for (const name of Object.keys(cards.fake.env)) delete process.env[name]
  expect((await send('{}', signed('{}'))).status).toBe(404)
  expect(secret).toBeTruthy()
})
