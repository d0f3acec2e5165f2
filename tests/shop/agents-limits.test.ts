import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { countsOf, onSale } from '@/tests/attacks/support/goods'
import { anAddress, aShopForAgents, lines } from './support/agents'

const sql = postgres(process.env.DATABASE_URL ?? '', { max: 4 })
const shop = aShopForAgents(sql)

afterAll(() => sql.end())

test('an agent holds no more of one variant than it may, in however many checkouts', async () => {
  const variant = await onSale(sql, 60)
  const address = anAddress()
  const agent = shop.anAgent({ address })

  const made = await Promise.all(
    Array.from({ length: 6 }, () => agent.create({ line_items: lines([variant, 3]) })),
  )

  const held = made
    .flatMap(({ body }) => body.line_items ?? [])
    .reduce((sum, { quantity }) => sum + quantity, 0)
  expect(held).toBe((await countsOf(sql, variant)).held)
  expect(held).toBeLessThanOrEqual(10)
  expect((await agent.create({ line_items: lines([variant, 9]) })).body.messages[0].code).toBe(
    'quantity_limit',
  )
})

test('an agent has so many open checkouts and no more', async () => {
  const variant = await onSale(sql, 60)
  const agent = shop.anAgent()
  await sql`update private.shop_limits set agent_sessions = 3`
  try {
    const made = await Promise.all(Array.from({ length: 6 }, () => agent.create(shop.whole(variant))))

    expect(made.map(({ status }) => status).sort()).toEqual([201, 201, 201, 429, 429, 429])
    const refused = made.find(({ status }) => status === 429)
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await shop.anAgent().create(shop.whole(variant))).status).toBe(201)
  } finally {
    await sql`update private.shop_limits set agent_sessions = default`
  }
})

test('an agent sees what a shopper sees, and not one number more', async () => {
  const variant = await onSale(sql, 61)
  const { call, create } = shop.anAgent()
  const [product] = await sql`select product_id, sku from public.variants where id = ${variant}`

  const found = await call('POST', '/catalog/lookup', {
    body: { ids: [product?.product_id, variant, 'none'] },
  })
  const [shown] = found.body.products
  expect(shown.variants[0]).toMatchObject({
    id: variant,
    availability: { available: true, status: 'in_stock' },
    price: { amount: 1200, currency: 'EUR' },
  })
  const [shelf] = await sql`select band, "left" from public.shelf where variant_id = ${variant}`
  expect(shown.stock.variants[0]).toMatchObject({ band: shelf?.band, left: shelf?.left })
  expect(Date.parse(shown.stock.as_of)).toBeLessThanOrEqual(Date.now())
  expect(found.body.messages).toEqual([expect.objectContaining({ code: 'not_found', content: 'none' })])
  const made = await create({ line_items: lines([variant, 99]) })
  expect(JSON.stringify([found.body, made.body])).not.toMatch(/\b61\b/)
  const searched = await call('POST', '/catalog/search', {
    body: { query: product?.sku, pagination: { limit: 2 } },
  })
  expect(searched.body.products.map(({ id }: { id: string }) => id)).toContain(product?.product_id)
  expect((await call('POST', '/catalog/product', { body: { id: variant } })).body.product.id).toBe(
    product?.product_id,
  )
  expect((await call('POST', '/catalog/product', { body: { id: randomUUID() } })).body.ucp.status).toBe(
    'error',
  )
})

test('a request is checked before anything is read: who asks, its version, its size and its shape', async () => {
  const { call, get } = shop.anAgent()
  const create = (init: Parameters<typeof call>[2]) => call('POST', '/checkout-sessions', init)
  const variant = await onSale(sql, 2)

  expect((await create({ body: shop.whole(variant), headers: { 'ucp-agent': '' } })).status).toBe(400)
  expect(
    (await create({ body: shop.whole(variant), headers: { 'ucp-agent': 'profile="javascript:1"' } })).status,
  ).toBe(400)
  const future = { 'ucp-agent': 'profile="https://a.test/p"; version="2099-01-01"' }
  expect((await create({ body: shop.whole(variant), headers: future })).status).toBe(422)
  expect((await create({ body: '{' })).status).toBe(400)
  expect((await create({ body: { line_items: [] } })).status).toBe(400)
  expect((await create({ body: shop.whole(variant, -1) })).status).toBe(400)
  expect((await create({ body: { ...shop.whole(variant), pad: 'x'.repeat(70_000) } })).status).toBe(413)
  expect((await create({ body: shop.whole(variant), key: 'short' })).status).toBe(400)
  expect((await get('a'.repeat(43))).status).toBe(404)
  expect((await get('nonsense')).status).toBe(404)
  expect((await create({ body: { line_items: lines(['no-such-thing', 1]) } })).body.messages[0].code).toBe(
    'item_unavailable',
  )
  expect((await countsOf(sql, variant)).held).toBe(0)
})
