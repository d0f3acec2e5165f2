import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { countsOf, drift, onSale } from '@/tests/attacks/support/goods'
import { aShopForAgents, jane, lines, payWith } from './support/agents'

const sql = postgres(process.env.DATABASE_URL ?? '', { max: 4 })
const shop = aShopForAgents(sql)
afterAll(() => sql.end())

test('an agent reads where it may buy, in the words of the newest specification', async () => {
  const answer = await shop.ask('/.well-known/ucp')
  const { ucp } = await answer.json()

  expect(ucp.version).toBe('2026-04-08')
  expect(ucp.services['dev.ucp.shopping'][0]).toMatchObject({
    transport: 'rest',
    endpoint: `${shop.url().origin}/ucp`,
  })
  expect(Object.keys(ucp.capabilities)).toContain('dev.ucp.shopping.checkout')
  expect(Object.keys(ucp.payment_handlers)).toEqual(['localhost.pay_on_collection', 'localhost.sandbox'])
  const schema = await (await shop.ask('/ucp/stock.json')).json()
  expect(Object.keys(schema.$defs)).toEqual(['shelf', 'holds', 'alternatives'])
})

test('a checkout is a hold: it ends when the hold does, and says since when and until when', async () => {
  const variant = await onSale(sql, 5)
  const { create, get } = shop.anAgent()

  const { status, body } = await create({ line_items: lines([variant, 2]) })

  expect(status).toBe(201)
  expect(await countsOf(sql, variant)).toMatchObject({ held: 2, available: 3 })
  const [claim] = await sql`select expires_at from public.claims where variant_id = ${variant}`
  expect(new Date(body.expires_at)).toEqual(claim?.expires_at)
  const [note] = body.stock.lines
  expect(note).toMatchObject({ line_item_id: variant, held: 2 })
  expect(Date.parse(note.held_since)).toBeLessThanOrEqual(Date.parse(body.stock.as_of))
  expect(new Date(note.held_until)).toEqual(claim?.expires_at)
  expect(body.status).toBe('incomplete')
  expect((await get(body.id)).body).toMatchObject({ id: body.id, line_items: body.line_items })
})

test('where fewer are left, the quantity is revised with a message; where none is, it says what can be done', async () => {
  const variant = await onSale(sql, 3)
  const first = await shop.anAgent().create({ line_items: lines([variant, 5]) })

  expect(first.body.line_items[0].quantity).toBe(3)
  expect(first.body.messages).toContainEqual(
    expect.objectContaining({ type: 'warning', code: 'quantity_adjusted', path: '$.line_items[0].quantity' }),
  )
  const second = await shop.anAgent().create({ line_items: lines([variant, 1]) })
  expect(second.status).toBe(200)
  expect(second.body.ucp.status).toBe('error')
  const [message] = second.body.messages
  expect(message).toMatchObject({ code: 'out_of_stock', severity: 'unrecoverable' })
  expect(message.stock).toMatchObject({ wanted: 1, left: 0, alternatives: [] })
  expect((await shop.ask(message.stock.waitlist_url)).status).toBe(200)
})

test('a checkout is completed once: the same key and body have the same order, another body has none', async () => {
  const variant = await onSale(sql, 5)
  const { create, complete, get } = shop.anAgent()
  const { body: made } = await create(shop.whole(variant, 2))
  expect(made.status).toBe('ready_for_complete')
  const key = randomUUID()

  const [one, two] = await Promise.all([complete(made.id, key), complete(made.id, key)])
  const again = await complete(made.id, key)

  expect(one.body).toMatchObject({ status: 'completed', order: { id: again.body.order.id } })
  expect(two.body.order).toEqual(one.body.order)
  expect(again.body).toEqual(one.body)
  expect((await complete(made.id, key, payWith('sandbox'))).status).toBe(409)
  expect((await complete(made.id)).status).toBe(409)
  expect((await get(made.id)).body.status).toBe('completed')
  expect(await countsOf(sql, variant)).toMatchObject({ held: 0, committed: 2, available: 3 })
  const link = await shop.ask(one.body.order.permalink_url)
  expect([link.status, link.headers.get('location')]).toEqual([303, `/orders/${one.body.order.id}`])
})

test('the sandbox is paid at once, also for a delivery', async () => {
  const variant = await onSale(sql, 2)
  const { create, complete } = shop.anAgent()
  const destination = {
    street_address: '1 Quay',
    postal_code: '9000',
    address_locality: 'Ghent',
    address_country: 'BE',
  }
  const { body } = await create({
    line_items: lines([variant, 1]),
    buyer: jane,
    fulfillment: { methods: [{ type: 'shipping', destinations: [destination] }] },
  })
  expect(body.messages).toEqual([])

  const done = await complete(body.id, randomUUID(), payWith('sandbox'))

  expect(done.body.status).toBe('completed')
  await expect
    .poll(
      async () => (await sql`select status from public.orders where id = ${done.body.order.id}`)[0]?.status,
    )
    .toBe('placed')
})

test('replacing a checkout holds what is new and releases what is gone; a cancelled one holds nothing', async () => {
  const [one, other] = [await onSale(sql, 5), await onSale(sql, 5)]
  const { create, replace, cancel, complete } = shop.anAgent()
  const { body } = await create({ line_items: lines([one, 3]) })
  const key = randomUUID()

  const replaced = await replace(body.id, { line_items: lines([one, 1], [other, 2]), buyer: jane }, key)

  expect(replaced.body.line_items).toHaveLength(2)
  expect(replaced.body.buyer).toMatchObject({ email: 'jane@buyer.test' })
  expect([(await countsOf(sql, one)).held, (await countsOf(sql, other)).held]).toEqual([1, 2])
  expect((await replace(body.id, { line_items: lines([one, 2]) }, key)).status).toBe(409)
  const cancelKey = randomUUID()
  expect((await cancel(body.id, cancelKey)).body.status).toBe('canceled')
  expect((await cancel(body.id, cancelKey)).body.status).toBe('canceled')
  expect([(await countsOf(sql, one)).held, (await countsOf(sql, other)).held]).toEqual([0, 0])
  expect((await cancel(body.id)).status).toBe(409)
  expect((await replace(body.id, { line_items: lines([one, 1]) })).status).toBe(409)
  expect((await complete(body.id)).status).toBe(409)
  expect([...(await drift(sql, one)), ...(await drift(sql, other))]).toEqual([])
})

test('a person takes over once, and the agent keeps no way to the cart', async () => {
  const variant = await onSale(sql, 5)
  const { create, get, replace, complete } = shop.anAgent()
  const { body } = await create(shop.whole(variant, 2))
  const page = await shop.ask(body.continue_url)
  expect([page.status, page.headers.getSetCookie()]).toEqual([200, []])
  expect((await countsOf(sql, variant)).held).toBe(2)

  const took = await shop.pressOn(body.continue_url)

  expect([took.status, took.headers.get('location')]).toEqual([303, '/cart'])
  const [cookie = ''] = took.headers.getSetCookie().map((each) => each.split(';')[0])
  const again = await shop.pressOn(body.continue_url)
  expect(again.headers.getSetCookie().join()).not.toContain('cart=')
  expect((await shop.pressOn(`${body.continue_url}x`)).headers.getSetCookie().join()).not.toContain('cart=')
  const own = await shop.ask('/cart/own', { headers: { cookie } })
  expect((await own.json()).lines[0]).toMatchObject({ variant_id: variant, quantity: 2, held: 2 })
  const seen = await get(body.id)
  expect(seen.body).toMatchObject({ status: 'requires_escalation', line_items: [] })
  expect(JSON.stringify(seen.body)).not.toContain(jane.email)
  expect((await replace(body.id, shop.whole(variant, 5))).status).toBe(409)
  expect((await complete(body.id)).status).toBe(409)
  expect((await countsOf(sql, variant)).held).toBe(2)
})

test('creating with one key makes one checkout; another body is refused, another agent has its own', async () => {
  const variant = await onSale(sql, 5)
  const agent = shop.anAgent()
  const key = randomUUID()

  const made = await Promise.all([1, 2, 3].map(() => agent.create(shop.whole(variant), key)))

  expect(new Set(made.map(({ body }) => body.id)).size).toBe(1)
  expect((await countsOf(sql, variant)).held).toBe(1)
  expect((await agent.create(shop.whole(variant, 2), key)).status).toBe(409)
  expect((await shop.anAgent().create(shop.whole(variant), key)).body.id).not.toBe(made[0]?.body.id)
})
