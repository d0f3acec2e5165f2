import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { countsOf, onSale } from '@/tests/attacks/support/goods'
import { type Answer, aShopForAgents, jane, lines, payOnCollection, payWith } from './support/agents'

// The cases of github.com/Universal-Commerce-Protocol/conformance at fdced3ad, each under the name that it has there. They
// were written for version 2026-01-11. Where 2026-04-08 asks for another answer, the case asks for that, and names it.
// docs/agents.md lists the cases that do not apply, with the reason.

const sql = postgres(process.env.DATABASE_URL ?? '', { max: 4 })
const shop = aShopForAgents(sql)
afterAll(() => sql.end())

const amountOf = ({ body }: Answer, type: string) =>
  body.totals.find((total: { type: string }) => total.type === type)?.amount

/** A checkout that is ready, of units of a new variant. */
async function aCheckout(units = 5, quantity = 1) {
  const variant = await onSale(sql, units)
  const agent = shop.anAgent()
  const made = await agent.create(shop.whole(variant, quantity))
  return { ...agent, variant, made, id: made.body.id as string }
}

test('protocol_test.test_discovery and test_discovery_urls', async () => {
  const { ucp } = await (await shop.ask('/.well-known/ucp')).json()
  expect(ucp.version).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  for (const name of ['checkout', 'catalog.search', 'catalog.lookup', 'fulfillment'])
    expect(ucp.capabilities[`dev.ucp.shopping.${name}`]).toBeDefined()
  const entities = [...Object.values(ucp.capabilities), ...Object.values(ucp.services)].flat()
  for (const { spec, schema } of entities as { spec: string; schema: string }[])
    for (const address of [spec, schema]) expect(new URL(address).protocol).toMatch(/^https?:$/)
  const own = Object.keys(ucp.capabilities).find((name) => name.endsWith('.stock')) ?? ''
  expect((await shop.ask(ucp.capabilities[own][0].schema)).status).toBe(200)
})

test('protocol_test.test_version_negotiation (422 in 2026-04-08, 400 before)', async () => {
  const variant = await onSale(sql, 3)
  const { call } = shop.anAgent()
  const create = (version: string) =>
    call('POST', '/checkout-sessions', {
      body: shop.whole(variant),
      headers: { 'ucp-agent': `profile="https://a.test/p"; version="${version}"` },
    })
  expect((await create('2026-04-08')).status).toBe(201)
  expect((await create('2099-01-01')).status).toBe(422)
})

test('checkout_lifecycle_test.test_create_checkout, test_get_checkout and test_update_checkout', async () => {
  const { id, get, replace, variant } = await aCheckout()
  expect((await get(id)).body.id).toBe(id)
  const updated = await replace(id, shop.whole(variant, 2))
  expect([updated.status, updated.body.line_items[0].quantity]).toEqual([200, 2])
})

test('checkout_lifecycle_test.test_cancel_checkout, test_cancel_is_idempotent and those of a canceled one', async () => {
  const { id, cancel, replace, complete, variant } = await aCheckout()
  expect((await cancel(id)).body.status).toBe('canceled')
  expect((await cancel(id)).status).not.toBe(200)
  expect((await replace(id, shop.whole(variant))).status).not.toBe(200)
  expect((await complete(id)).status).not.toBe(200)
})

test('checkout_lifecycle_test.test_complete_checkout, test_complete_is_idempotent and those of a completed one', async () => {
  const { id, cancel, replace, complete, variant } = await aCheckout()
  const done = await complete(id)
  expect(done.body).toMatchObject({ status: 'completed', order: { id: expect.any(String) } })
  expect(done.body.order.permalink_url).toContain(done.body.order.id)
  expect((await complete(id)).status).not.toBe(200)
  expect((await replace(id, shop.whole(variant))).status).not.toBe(200)
  expect((await cancel(id)).status).not.toBe(200)
})

test('idempotency_test.test_idempotency_create (a checkout is live: its clock, and nothing else, goes on)', async () => {
  const variant = await onSale(sql, 5)
  const { create } = shop.anAgent()
  const key = randomUUID()
  const [one, two] = [await create(shop.whole(variant), key), await create(shop.whole(variant), key)]
  const { stock, ...first } = one.body
  expect(two.status).toBe(one.status)
  expect(two.body).toEqual({ ...first, stock: { ...stock, as_of: two.body.stock.as_of } })
  expect((await create({ ...shop.whole(variant), currency: 'USD' }, key)).status).toBe(409)
})

test('idempotency_test.test_idempotency_update', async () => {
  const { id, replace, variant } = await aCheckout()
  const key = randomUUID()
  const [one, two] = [
    await replace(id, shop.whole(variant, 2), key),
    await replace(id, shop.whole(variant, 2), key),
  ]
  const { stock, ...first } = one.body
  expect(two.body).toEqual({ ...first, stock: { ...stock, as_of: two.body.stock.as_of } })
  expect((await replace(id, shop.whole(variant, 3), key)).status).toBe(409)
})

test('idempotency_test.test_idempotency_complete and test_idempotency_cancel', async () => {
  const { id, complete } = await aCheckout()
  const key = randomUUID()
  const one = await complete(id, key)
  expect((await complete(id, key)).body).toEqual(one.body)
  expect((await complete(id, key, payWith('sandbox'))).status).toBe(409)
  const other = await aCheckout()
  const cancelled = await other.cancel(other.id, key)
  expect((await other.cancel(other.id, key)).body).toEqual(cancelled.body)
})

test('business_logic_test.test_totals_calculation_on_create and test_totals_recalculation_on_update', async () => {
  const { id, made, replace, variant } = await aCheckout(5, 2)
  expect(made.body.line_items[0]).toMatchObject({ quantity: 2, item: { price: 1200 } })
  expect([amountOf(made, 'subtotal'), amountOf(made, 'total')]).toEqual([2400, 2400])
  const updated = await replace(id, shop.whole(variant, 3))
  expect([amountOf(updated, 'subtotal'), amountOf(updated, 'total')]).toEqual([3600, 3600])
})

test('business_logic_test.test_buyer_info_persistence', async () => {
  const { id, get } = await aCheckout()
  expect((await get(id)).body.buyer).toEqual(jane)
})

test('validation_test.test_out_of_stock, test_product_not_found and test_structured_error_messages (200 in 2026-04-08)', async () => {
  const { create } = shop.anAgent()
  const variant = await onSale(sql, 1)
  await shop.anAgent().create(shop.whole(variant))
  for (const [id, code] of [
    [variant, 'out_of_stock'],
    [randomUUID(), 'item_unavailable'],
  ] as const) {
    const refused = await create(shop.whole(id))
    expect([refused.status, refused.body.ucp.status]).toEqual([200, 'error'])
    expect(refused.body.messages).toEqual([
      expect.objectContaining({
        type: 'error',
        code,
        content: expect.any(String),
        severity: 'unrecoverable',
      }),
    ])
  }
})

test('validation_test.test_update_inventory_validation (revised with a warning in 2026-04-08)', async () => {
  const { id, replace, variant } = await aCheckout(3)
  const updated = await replace(id, shop.whole(variant, 99))
  expect(updated.body.line_items[0].quantity).toBe(3)
  expect(updated.body.messages[0]).toMatchObject({ type: 'warning', code: 'quantity_adjusted' })
  expect((await countsOf(sql, variant)).held).toBe(3)
})

test('validation_test.test_payment_failure (a message in 2026-04-08)', async () => {
  const { id, complete, get } = await aCheckout()
  const refused = await complete(id, randomUUID(), payWith('unheard_of'))
  expect(refused.body.messages[0]).toMatchObject({ code: 'payment_failed', severity: 'recoverable' })
  expect((await get(id)).body.status).toBe('ready_for_complete')
})

test('validation_test.test_complete_without_fulfillment (a message in 2026-04-08)', async () => {
  const variant = await onSale(sql, 2)
  const { create, complete } = shop.anAgent()
  const made = await create({ line_items: lines([variant, 1]), buyer: jane })
  const refused = await complete(made.body.id)
  expect(refused.body.status).toBe('incomplete')
  expect(refused.body.messages[0]).toMatchObject({ code: 'missing', path: '$.fulfillment.methods' })
  expect((await countsOf(sql, variant)).committed).toBe(0)
})

test('fulfillment_test.test_fulfillment_flow, test_dynamic_fulfillment and test_unknown_customer_no_address', async () => {
  const variant = await onSale(sql, 2)
  const { create, replace, complete } = shop.anAgent()
  const made = await create({ line_items: lines([variant, 1]), buyer: jane })
  const [offered] = made.body.fulfillment.methods
  expect(offered).toMatchObject({ type: 'pickup', selected_destination_id: null })
  expect(offered.destinations.map(({ id }: { id: string }) => id)).toContain(shop.place())
  const shipping = (destination: object) => ({
    line_items: lines([variant, 1]),
    buyer: jane,
    fulfillment: { methods: [{ type: 'shipping', destinations: [destination] }] },
  })
  const without = await replace(made.body.id, shipping({}))
  expect(without.body.messages[0]).toMatchObject({ code: 'missing' })
  const whither = {
    street_address: '1 Quay',
    postal_code: '9000',
    address_locality: 'Ghent',
    address_country: 'BE',
  }
  const ready = await replace(made.body.id, shipping(whither))
  const [method] = ready.body.fulfillment.methods
  expect(method.destinations[0]).toMatchObject(whither)
  expect(method.groups[0]).toMatchObject({ selected_option_id: 'delivery', options: [{ id: 'delivery' }] })
  expect(ready.body.status).toBe('ready_for_complete')
  expect((await complete(made.body.id, randomUUID(), payWith('sandbox'))).body.status).toBe('completed')
})

test('binding_test.test_token_binding_completion and card_credential_test: no credential is taken, sent or kept', async () => {
  const { id, complete } = await aCheckout()
  const secret = 'tok-4242424242424242'
  const [instrument] = payOnCollection.payment.instruments
  const credential = { type: 'token', token: secret, number: secret }
  const done = await complete(id, randomUUID(), { payment: { instruments: [{ ...instrument, credential }] } })
  expect(done.body.status).toBe('completed')
  const kept = await sql`select agent_sessions::text as row from private.agent_sessions`
  expect(JSON.stringify([done.body, kept])).not.toContain(secret)
})
