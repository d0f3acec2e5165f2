import { randomBytes, randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { countsOf, drift, onSale } from '@/tests/attacks/support/goods'
import { anAddress, aShopForAgents } from './support/agents'
import { oneUnit } from './support/shop'

const sql = postgres(process.env.DATABASE_URL ?? '', { max: 4 })
const shop = aShopForAgents(sql)
afterAll(() => sql.end())

/** An agent that holds a unit and orders it. Whether it held one, and whether it was given an order. */
async function anAgentBuys(variant: string) {
  const { create, complete } = shop.anAgent()
  const made = await create(shop.whole(variant))
  const held = made.status === 201
  const done = held ? await complete(made.body.id) : null
  return { held, ordered: done?.body.status === 'completed' }
}

/** A person that does the same with the forms of the shop, without JavaScript. */
async function aPersonBuys(variant: string) {
  const cookie = `cart=${randomBytes(32).toString('base64url')}`
  const headers = { cookie, origin: shop.url().origin, 'x-forwarded-for': anAddress() }
  const added = oneUnit(variant, headers)
  await (await shop.ask('/cart/add', added)).text()
  const cart = await (await shop.ask('/cart/own', { headers })).json()
  const held = cart?.lines?.[0]?.held === 1
  if (!held) return { held, ordered: false }
  const fields = {
    handover: shop.place(),
    name: 'Ada Lovelace',
    email: 'ada@example.test',
    payment: 'on_collection',
    idempotency_key: randomUUID(),
    expected_total_minor: String(cart.total_minor),
  }
  const placed = await shop.ask('/checkout/place', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })
  await placed.text()
  return { held, ordered: (placed.headers.get('location') ?? '').startsWith('/orders/') }
}

test('20 agents and 20 people want 10 units: 10 orders, and none of those who held a unit is refused', {
  timeout: 120_000,
}, async () => {
  const variant = await onSale(sql, 10)

  const buyers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? anAgentBuys(variant) : aPersonBuys(variant))),
  )

  expect(buyers.filter(({ held }) => held)).toHaveLength(10)
  expect(buyers.filter(({ held, ordered }) => held !== ordered)).toEqual([])
  expect(await countsOf(sql, variant)).toMatchObject({ held: 0, committed: 10, available: 0 })
  expect(await drift(sql, variant)).toEqual([])
})
