import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { publicCacheControl } from '@/lib/domain/pages/page-life'
import type { Fault } from './support/fault-proxy'
import { aShop, cookiesOf, type Seen, sessionCookie, textOf } from './support/shop'

const shop = aShop()
const sql = postgres(process.env.DATABASE_URL ?? '', { max: 1 })
let product: { variant_id: string; handle: string; title: string }
let cart: string

beforeAll(async () => {
  const [row] = await sql<(typeof product)[]>`
    select variants.id as variant_id, products.handle, products.title
    from public.shelf join public.variants on variants.id = shelf.variant_id
    join public.products on products.id = variants.product_id
    where shelf.band = 'in' order by products.position limit 1`
  if (!row) throw new Error('the demo shop has nothing in stock')
  product = row
  const added = await shop.addToCart(product.variant_id)
  cart = cookiesOf(added)
  for (const path of ['/', `/products/${product.handle}`]) await shop.ask(path)
})
afterEach(() => recovered())
afterAll(() => sql.end())

const basketOf = () => shop.ask('/cart', { headers: { cookie: cart } })

/** The cart as it is shown again, within two seconds after the fault ended. */
async function recovered(): Promise<Seen> {
  await shop.fail('none')
  const endedAt = performance.now()
  for (;;) {
    const basket = await basketOf()
    if (performance.now() - endedAt > 2_000) throw new Error(`still ${basket.status} after two seconds`)
    if (basket.status === 200) return basket
  }
}

/** No request takes longer, whatever the API does: the limit of a read, and rendering on a busy machine. */
const longestMs = 6_500

test.for(['hangs', 'refuses', 'resets'] satisfies Fault[])(
  'while the API %s the catalogue is the last known, the cart is kept, and all is well at once afterwards',
  async (fault) => {
    await shop.forgetCatalogue()
    await shop.fail(fault)

    const [home, page, basket, checkout] = await Promise.all([
      shop.ask('/', { headers: { cookie: cart } }),
      shop.ask(`/products/${product.handle}`, { headers: { cookie: cart } }),
      basketOf(),
      shop.ask('/checkout', { headers: { cookie: cart } }),
    ])

    for (const { ms } of [home, page, basket, checkout]) expect(ms).toBeLessThan(longestMs)
    expect([home.status, page.status, basket.status, checkout.status]).toEqual([200, 200, 503, 503])
    expect(home.html).toMatch(/data-catalogue-from="20/)
    expect(textOf(home)).toMatch(/the catalogue from (less than a minute|a minute|\d+ minutes) ago/)
    expect(textOf(page)).toContain(product.title)
    for (const { headers } of [home, page]) expect(headers.get('cache-control')).toBe('private, no-store')
    expect(textOf(page)).toContain('Stock cannot be confirmed')
    expect(Number(basket.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(textOf(basket)).toContain('Your cart is saved')
    expect(basket.headers.getSetCookie().join()).not.toMatch(/^cart=/)
    expect(textOf(checkout)).toContain('nothing was ordered')

    const after = await recovered()
    expect(textOf(after)).toContain(product.title)
    expect((await shop.ask('/')).html).not.toContain('data-catalogue-from')
    expect((await shop.ask('/')).headers.get('cache-control')).toBe(publicCacheControl)
  },
)

test('after failures in a row nobody waits for the next one', async () => {
  await shop.fail('hangs')
  await Promise.all([1, 2, 3].map(() => basketOf()))

  const seen = await Promise.all([1, 2, 3, 4, 5].map(() => basketOf()))

  expect(seen.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503])
  // One of them may be the probe, which waits for the limit.
  expect(seen.map(({ ms }) => ms).toSorted((a, b) => a - b)[3]).toBeLessThan(1_500)
})

test('a slow API is waited for', async () => {
  await shop.fail('is slow')

  const { status, html } = await basketOf()

  expect(status).toBe(200)
  expect(html).toContain(product.title)
})

test('without a last known catalogue a page is 503 with words', async () => {
  await shop.fail('refuses')

  const page = await shop.ask('/products/never-seen')

  expect([page.status, page.headers.get('retry-after')]).toEqual([503, '2'])
  expect(textOf(page)).toContain('We can’t reach our database')
})

test('staff read one sentence with 503, wherever the page fails', async () => {
  const cookie = await sessionCookie('manager@onhand.test')
  expect((await shop.ask('/staff', { headers: { cookie } })).status).toBe(200)
  await shop.fail('refuses')

  const staff = await shop.ask('/staff', { headers: { cookie } })
  const account = await shop.ask('/account', { headers: { cookie } })

  expect([staff.status, account.status]).toEqual([503, 503])
  expect(staff.headers.get('retry-after')).toBe('2')
  expect(textOf(staff)).toContain('The database is unavailable')
})

test('an order form that was not heard is answered with words, and nothing was ordered', async () => {
  await shop.fail('refuses')

  const added = await shop.addToCart(product.variant_id, cart)

  expect([303, 503]).toContain(added.status)
  if (added.status === 503) expect(added.html).toContain('safe')
})
