import { randomUUID } from 'node:crypto'
import { JSDOM } from 'jsdom'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { oldestMs } from '@/lib/domain/pages/page-life'
import { readFeed } from '@/tests/support/machines/merchant-feed'
import { problemsOfGraph } from '@/tests/support/machines/merchant-listing'
import { aShop } from './support/shop'

const shop = aShop()
const sql = postgres(process.env.DATABASE_URL ?? '', { max: 2 })
/** A limited edition, whose pages say how many are left. */
let product: { id: string; handle: string; variant_id: string; sku: string }

beforeAll(async () => {
  const [row] = await sql<(typeof product)[]>`
    select products.id, products.handle, variants.id as variant_id, variants.sku
    from public.products
    join public.variants on variants.product_id = products.id
    join public.shelf on shelf.variant_id = variants.id
    where products.limited and products.status = 'active' and shelf.left > 0
    order by products.position, variants.position limit 1`
  if (!row) throw new Error('the demo shop has no limited edition in stock')
  product = row
})
afterAll(() => sql.end())

const locs = (xml: string) =>
  [...new JSDOM(xml, { contentType: 'application/xml' }).window.document.querySelectorAll('loc')]
    .filter(({ prefix }) => prefix === null)
    .map(({ textContent }) => textContent ?? '')

test('the sitemaps have every product once, with its pictures and the date of its last change', async () => {
  const [index = '', ...parts] = locs((await shop.ask('/sitemap.xml')).html)
  expect(new URL(index).pathname).toBe('/sitemaps/pages.xml')
  const files = await Promise.all(parts.map((part) => shop.ask(new URL(part).pathname)))
  const products = await sql`select handle, changed_at from public.shop_products order by handle`

  expect(files.flatMap(({ html }) => locs(html)).sort()).toEqual(
    products.map(({ handle }) => `${shop.url().origin}/products/${handle}`),
  )
  const changed = products.find(({ handle }) => handle === product.handle)?.changed_at as Date
  const entry = files
    .map(({ html }) => html.split('<url>').find((each) => each.includes(`/${product.handle}<`)))
    .find(Boolean)
  expect(entry).toContain(`<lastmod>${changed.toISOString()}</lastmod>`)
  expect(entry).toContain('<image:loc>')
  expect((await shop.ask('/sitemaps/900.xml')).status).toBe(404)
  expect((await shop.ask('/sitemaps/x.xml')).status).toBe(404)
})

test('both feeds follow the published rules, name every variant with a picture, and can be loaded in between', async () => {
  const [products, inventory] = await Promise.all([
    shop.ask('/feeds/products.xml', { headers: { 'accept-encoding': 'identity' } }),
    shop.ask('/feeds/inventory.xml'),
  ])
  const read = readFeed(products.html, 'products')
  const local = readFeed(inventory.html, 'inventory')
  const rows = await sql`
    select sku from public.variants join public.shelf on shelf.variant_id = variants.id
    join public.products on products.id = variants.product_id
    where variants.active and products.status = 'active'
      and exists (select from public.product_media as picture where picture.product_id = products.id) order by sku`

  expect([...read.problems, ...local.problems]).toEqual([])
  expect(read.items.map(({ id }) => id).sort()).toEqual(rows.map(({ sku }) => sku).sort())
  expect(new Set(local.items.map(({ id }) => id)).size).toBe(rows.length)
  expect(products.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=300')
  const picture = new URL(read.items[0]?.image_link ?? '')
  expect((await shop.ask(picture.pathname)).headers.get('content-type')).toBe('image/png')
})

test('the files for language models name the shop, and each page names its text', async () => {
  const { html, headers } = await shop.ask('/llms.txt')
  expect(headers.get('content-type')).toBe('text/markdown; charset=utf-8')
  expect(html).toMatch(/^# .+\n\n> /)
  const page = await shop.ask(`/products/${product.handle}`)
  expect(page.html).toContain(`href="${shop.url().origin}/products/${product.handle}/text"`)
})

test('a product that is taken off for good is gone, and one with another handle is found by its old one', async () => {
  const [other] = await sql<{ id: string; handle: string }[]>`
    select id, handle from public.shop_products order by position desc, id limit 1`
  if (!other) throw new Error('the demo shop has products')
  const { handle } = other
  const change = async (status: string, name: string) => {
    await sql`update public.products set status = ${status}::public.product_status, handle = ${name} where id = ${other.id}`
    await shop.forgetCatalogue()
    return shop.ask(`/products/${handle}`)
  }
  try {
    const moved = await change('active', `${handle}-moved`)
    expect([moved.status, moved.headers.get('location')]).toEqual([308, `/products/${handle}-moved`])
    const gone = await change('archived', handle)
    expect([gone.status, gone.headers.get('cache-control')]).toEqual([410, 'private, no-store'])
    expect(gone.html).toContain('This product is no longer sold.')
    expect((await change('draft', handle)).status).toBe(404)
  } finally {
    expect((await change('active', handle)).status).toBe(200)
  }
})

test('page, structured data, text and feed say no stock that was not true within their stated age', async () => {
  const [row] = await sql`select "left" from public.shelf where variant_id = ${product.variant_id}`
  /** The times at which a number of units may have been read. */
  const history = [{ left: Number(row?.left), from: 0, to: Number.POSITIVE_INFINITY }]
  const wasTrue = (left: number, from: number, to: number) =>
    history.some((known) => known.left === left && known.from <= to && known.to >= from)
  const address = `/products/${product.handle}`

  const taken: string[] = []
  const adjust = (location: string, units: number) =>
    sql`select public.adjust_stock(${product.variant_id}, ${location}, ${units}, 'correction', ${randomUUID()})`

  const selling = (async () => {
    for (let left = Number(row?.left); left > 0; left -= 1) {
      const last = history.at(-1)
      history.push({ left: left - 1, from: Date.now(), to: Number.POSITIVE_INFINITY })
      const [level] = await sql<{ location_id: string }[]>`
        select location_id from public.stock_levels
        where variant_id = ${product.variant_id} and available > 0 order by location_id limit 1`
      if (!level) throw new Error('the shelf says more than the levels')
      await adjust(level.location_id, -1)
      taken.push(level.location_id)
      if (last) last.to = Date.now()
      await shop.ask(address)
    }
    return null
  })()
  let soldOut: unknown
  do {
    soldOut = await Promise.race([selling, new Promise((resolve) => setImmediate(resolve))])
    const from = Date.now() - oldestMs
    const [page, text] = await Promise.all([
      shop.ask(`${address}?variant=${encodeURIComponent(product.sku)}`),
      shop.ask(`${address}/text`),
    ])
    const units = unitsIn(text.html)
    expect(wasTrue(units, from, Date.now()), `${units} units in the text`).toBe(true)
    // The badge is beside the data, also where both come late.
    const [, band = ''] = /.*data-band="(\w+)".*?ld\+json/s.exec(page.html) ?? []
    expect(availabilityIn(page.html)).toBe(availabilities[band])
    expect(wasTrue(0, from, Date.now()) || band !== 'out', 'the page is sold out too early').toBe(true)
  } while (soldOut !== null)

  const { items, readAt } = readFeed((await shop.ask('/feeds/products.xml')).html, 'products')
  const item = items.find(({ id }) => id === product.sku)
  // A date of HTTP has no milliseconds.
  const sold = wasTrue(0, readAt.getTime(), Date.now())
  expect(item?.availability === 'in_stock' || sold).toBe(true)
  await shop.forgetCatalogue()
  const { html } = await shop.ask(`${address}?variant=${encodeURIComponent(product.sku)}`)
  expect(html).toContain('This choice is sold out. Still in stock:')
  for (const location of taken) await adjust(location, 1)
})

const availabilities: Record<string, string> = {
  in: 'https://schema.org/InStock',
  low: 'https://schema.org/LimitedAvailability',
  out: 'https://schema.org/OutOfStock',
}

function availabilityIn(html: string): string {
  const [, data = '{}'] = /<script type="application\/ld\+json"[^>]*>(.*?)<\/script>/s.exec(html) ?? []
  const graph = JSON.parse(data)
  expect(problemsOfGraph(graph)).toEqual([])
  const variants = graph['@graph'][0].hasVariant ?? [graph['@graph'][0]]
  return variants.find(({ sku }: { sku: string }) => sku === product.sku)?.offers.availability
}

function unitsIn(text: string): number {
  const line = text.split('\n').find((each) => each.includes(`; ${product.sku};`)) ?? ''
  return line.includes('; Sold out;') ? 0 : Number(/; (\d+) left;/.exec(line)?.[1])
}
