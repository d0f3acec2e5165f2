import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { signatureOf } from 'fake-stripe/webhooks'
import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { order, withFake } from './client'

/** A shop's webhook that checks each signature with the official client and keeps what it gets. */
async function withReceiver(secret: string, work: (url: string, received: string[]) => Promise<void>) {
  const received: string[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const signature = String(request.headers['stripe-signature'])
    received.push(Stripe.webhooks.constructEvent(Buffer.concat(chunks), signature, secret).type)
    response.writeHead(200).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, received)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

test('held events are delivered in any order, twice, or never, signed as the official client expects', () =>
  withFake((fake, stripe) =>
    withReceiver(fake.webhookSecret, async (url, received) => {
      fake.webhooks.sendTo(url)
      fake.webhooks.mode = 'held'
      const { id } = await stripe.paymentIntents.create(order)
      await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })
      await stripe.paymentIntents.capture(id)
      const [created, authorised, charged, succeeded] = fake.webhooks.held()
      const deliver = (event: { id: string } | undefined) => fake.webhooks.deliver(event?.id ?? '')

      expect(await deliver(succeeded)).toBe(200)
      await deliver(authorised)
      await deliver(authorised)
      await deliver(created)

      expect(received).toEqual([
        'payment_intent.succeeded',
        'payment_intent.amount_capturable_updated',
        'payment_intent.amount_capturable_updated',
        'payment_intent.created',
      ])
      expect(fake.webhooks.held()).toEqual([charged])
      fake.webhooks.drop()
      expect(fake.webhooks.held()).toEqual([])
      const { data } = await stripe.events.list({ type: 'payment_intent.succeeded' })
      expect(data.map(({ id }) => id)).toEqual([succeeded?.id])
    }),
  ))

test('events go out as they happen, and a disputed payment has an event', () =>
  withFake((fake, stripe) =>
    withReceiver(fake.webhookSecret, async (url, received) => {
      fake.webhooks.sendTo(url)
      const { id } = await stripe.paymentIntents.create(order)
      await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_createDispute' })
      await stripe.paymentIntents.capture(id)

      await expect.poll(() => received.at(-1)).toBe('charge.dispute.created')
      const { data } = await stripe.disputes.list({ payment_intent: id })
      expect(data[0]).toMatchObject({ amount: 3600, status: 'needs_response' })
    }),
  ))

test('the official client refuses an old signature', () => {
  const payload = '{"id":"evt_1","object":"event"}'
  const old = signatureOf(payload, 'whsec_1', Math.floor(Date.now() / 1000) - 301)

  expect(() => Stripe.webhooks.constructEvent(payload, old, 'whsec_1')).toThrow(
    'Timestamp outside the tolerance',
  )
})
