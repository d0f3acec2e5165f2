import { expect, test } from 'vitest'
import { order, withFake } from './client'

test('a payment is authorised, captured once and refunded in parts', () =>
  withFake(async (_, stripe) => {
    const { id } = await stripe.paymentIntents.create(order)
    const confirmed = await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })
    expect(confirmed).toMatchObject({
      status: 'requires_capture',
      amount_capturable: 3600,
      amount_received: 0,
    })

    const captured = await stripe.paymentIntents.capture(id, { amount_to_capture: 3000 })
    expect(captured).toMatchObject({ status: 'succeeded', amount_received: 3000 })
    await expect(stripe.paymentIntents.capture(id)).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
    })

    await stripe.refunds.create({ payment_intent: id, amount: 1000, metadata: { row: 'a' } })
    await stripe.refunds.create({ payment_intent: id, amount: 2000 })
    await expect(stripe.refunds.create({ payment_intent: id })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    })
    const { data } = await stripe.refunds.list({ payment_intent: id })
    expect(data.map(({ amount, metadata }) => [amount, metadata?.row])).toEqual([
      [2000, undefined],
      [1000, 'a'],
    ])
    const { latest_charge } = await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] })
    expect(latest_charge).toMatchObject({ amount_refunded: 3000, refunded: true })
  }))

test('a declined card can be followed by another one', () =>
  withFake(async (_, stripe) => {
    const { id } = await stripe.paymentIntents.create(order)
    await expect(
      stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_chargeDeclined' }),
    ).rejects.toMatchObject({ type: 'StripeCardError', code: 'card_declined' })
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { decline_code: 'generic_decline' },
    })

    const confirmed = await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })

    expect(confirmed).toMatchObject({ status: 'requires_capture', last_payment_error: null })
  }))

test('a cancelled authorisation cannot be captured, and captured money cannot be cancelled', () =>
  withFake(async (_, stripe) => {
    const { id } = await stripe.paymentIntents.create(order)
    await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })
    expect(await stripe.paymentIntents.cancel(id)).toMatchObject({ status: 'canceled', amount_capturable: 0 })
    await expect(stripe.paymentIntents.capture(id)).rejects.toThrow('status of canceled')

    const paid = await stripe.paymentIntents.create({ ...order, capture_method: 'automatic' })
    await stripe.paymentIntents.confirm(paid.id, { payment_method: 'pm_card_visa' })
    await expect(stripe.paymentIntents.cancel(paid.id)).rejects.toThrow('status of succeeded')
  }))

test('an idempotency key takes effect once, and only for one request', () =>
  withFake(async (fake, stripe) => {
    const options = { idempotencyKey: 'order-1001' }
    const first = await stripe.paymentIntents.create(order, options)
    const again = await stripe.paymentIntents.create(order, options)

    expect(again.id).toBe(first.id)
    expect(fake.state.intents.size).toBe(1)
    await expect(stripe.paymentIntents.create({ ...order, amount: 1 }, options)).rejects.toMatchObject({
      type: 'StripeIdempotencyError',
    })
  }))

test('a step fails as ordered: without effect, without an answer, or with its answer lost', () =>
  withFake(async (fake, stripe) => {
    const { id } = await stripe.paymentIntents.create(order)
    await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })
    fake.faults.add('capture', 'error')
    await expect(stripe.paymentIntents.capture(id)).rejects.toMatchObject({ type: 'StripeAPIError' })
    expect(fake.state.intents.get(id)?.status).toBe('requires_capture')

    // The client repeats a request whose connection broke once, whatever its settings.
    fake.faults.add('capture', 'lost', 2)
    const lost = stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'capture' })
    await expect(lost).rejects.toMatchObject({ type: 'StripeConnectionError' })
    expect(fake.state.intents.get(id)?.status).toBe('succeeded')
    const repeated = await stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'capture' })
    expect(repeated.amount_received).toBe(3600)
  }))

test('a browser confirms with the publishable key and the secret of its payment, and can do nothing else', () =>
  withFake(async (fake, stripe) => {
    const { id, client_secret } = await stripe.paymentIntents.create(order)
    const post = async (path: string, params: Record<string, string>) =>
      (
        await fetch(`${fake.url}/v1/${path}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${fake.publishableKey}` },
          body: new URLSearchParams(params),
        })
      ).status
    const card = { 'payment_method_data[card][number]': '4242 4242 4242 4242' }

    expect(await post(`payment_intents/${id}/confirm`, { ...card, client_secret: 'guessed' })).toBe(404)
    expect(await post('payment_intents', { amount: '1', currency: 'eur' })).toBe(400)
    expect(await post(`payment_intents/${id}/confirm`, { ...card, client_secret: client_secret ?? '' })).toBe(
      200,
    )
    expect(await post(`payment_intents/${id}/capture`, { client_secret: client_secret ?? '' })).toBe(400)
    expect((await fetch(`${fake.url}/v1/events`)).status).toBe(401)
  }))

test('a card that asks for its holder’s confirmation is authorised after it', () =>
  withFake(async (fake, stripe) => {
    const { id } = await stripe.paymentIntents.create(order)
    const asked = await stripe.paymentIntents.confirm(id, {
      payment_method: 'pm_card_authenticationRequired',
      return_url: 'http://shop.test/orders/1/pay',
    })
    expect(asked.status).toBe('requires_action')

    const answer = await fetch(asked.next_action?.redirect_to_url?.url ?? '', {
      method: 'POST',
      body: new URLSearchParams({ result: 'pass' }),
      redirect: 'manual',
    })

    expect(answer.headers.get('location')).toContain('http://shop.test/orders/1/pay?payment_intent=')
    expect(fake.state.intents.get(id)?.status).toBe('requires_capture')
  }))
