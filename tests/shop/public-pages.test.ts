import { randomBytes, randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicCacheControl } from '@/lib/domain/pages/page-life'
import { isPublicPath } from '@/lib/server/pages/public-address'
import { routesInTree } from '@/tests/support/surface'
import { aShop, cookiesOf, sessionCookie, textOf } from './support/shop'

const shop = aShop()
/** Another server of the same shop: only the database connects the two. */
const otherServer = aShop()
const sql = postgres(process.env.DATABASE_URL ?? '', { max: 1 })
let product: { id: string; variant_id: string; handle: string; category: string; title: string }
/** Of a manager who also has a guest's cart. */
let cookie: string

beforeAll(async () => {
  const [row] = await sql<(typeof product)[]>`
    select products.id, variants.id as variant_id, products.handle, products.category, products.title
    from public.shelf join public.variants on variants.id = shelf.variant_id
    join public.products on products.id = variants.product_id
    where shelf.band = 'in' order by products.position limit 1`
  if (!row) throw new Error('the demo shop has nothing in stock')
  product = row
  const cart = cookiesOf(await shop.addToCart(product.variant_id))
  cookie = `${cart}; ${await sessionCookie('manager@onhand.test')}`
})
afterAll(() => sql.end())

const nobody = '00000000-0000-4000-8000-000000000000'

/** The address of a file of the route tree, with a value for each parameter; for the product and its category, real ones. */
function addressOf(file: string): string {
  const path = file
    .replace(/^app/, '')
    .replaceAll(/\/\([^)]+\)/g, '')
    .replace(/(\/(page|route))?\.tsx?$/, '')
    .replace('[handle]', product.handle)
    .replace('[slug]', product.category)
    .replace('[secret]', 'secret')
    .replace('[...elsewhere]', 'elsewhere')
    .replace('[part]', '0.xml')
    .replaceAll(/\[\w+\]/g, nobody)
  return { '': '/', '/robots': '/robots.txt' }[path] ?? path
}

/** Files that are neither pages nor personal, and what they say to caches. */
const files: Record<string, RegExp> = {
  '/robots.txt': /^public, max-age=0/,
  '/sitemap.xml': /^public, max-age=0/,
  // A picture that is not there, or not there yet.
  [`/pictures/${nobody}`]: /^public, max-age=60/,
  '/sitemaps/0.xml': /^public, max-age=0/,
  '/feeds/products.xml': /^public, max-age=0/,
  '/feeds/inventory.xml': /^public, max-age=0/,
  '/llms.txt': /^public, max-age=0/,
  '/.well-known/ucp': /^public, max-age=300/,
  '/ucp/stock.json': /^public, max-age=300/,
  '/search/suggestions': /^public, max-age=60/,
  '/search/counts': /^public, max-age=1/,
}

test.each(routesInTree())(
  '$name is public and without a cookie, or private and kept by nobody',
  async ({ name }) => {
    const address = name.includes('opengraph-image') ? await shareImage() : addressOf(name)
    for (const headers of [{}, { cookie }]) {
      const answer = await shop.ask(address, { headers })
      const said = answer.headers.get('cache-control') ?? ''
      const about = `${address} ${answer.status} ${'cookie' in headers ? 'with' : 'without'} cookies`
      if (isPublicPath(address)) {
        expect(answer.status, about).toBe(200)
        expect(said, about).toBe(publicCacheControl)
        expect(answer.headers.get('vary'), about).toMatch(
          name.endsWith('route.ts')
            ? /accept-encoding/i
            : /\brsc\b.*next-router-state-tree.*accept-encoding/i,
        )
        expect(answer.headers.getSetCookie(), about).toEqual([])
      } else if (/opengraph-image|picture\.png/.test(name)) {
        expect(said, about).toMatch(/^public, max-age=3600/)
        expect(answer.headers.getSetCookie(), about).toEqual([])
      } else if (files[address]) {
        expect(said, about).toMatch(files[address])
        expect(answer.headers.getSetCookie(), about).toEqual([])
      } else if ([303, 307, 400, 401, 403, 405].includes(answer.status) && said === '') {
        // No cache keeps these without a header that allows it, and nothing else is in them.
        expect(answer.html.length, about).toBeLessThan(200)
      } else {
        expect(said, about).toContain('no-store')
      }
    }
  },
)

/** The address of the product's share image, as its page names it. */
async function shareImage(): Promise<string> {
  const { html } = await shop.ask(`/products/${product.handle}`)
  const [picture = ''] = /\/products\/[^"]+\/opengraph-image[^"]*/.exec(html) ?? []
  return picture.replaceAll('&amp;', '&')
}

test('visitors with a cart and a session get the same bytes as everybody, with nothing of theirs', async () => {
  for (const path of ['/', `/category/${product.category}`, `/products/${product.handle}`, '/search?q=a']) {
    const [own, other] = await Promise.all([shop.ask(path, { headers: { cookie } }), shop.ask(path)])

    expect(own.html, path).toBe(other.html)
    expect(own.headers.get('content-security-policy')).toBe(other.headers.get('content-security-policy'))
    for (const secret of cookie.split(/[=;]\s*/).filter((part) => part.length > 20))
      expect(own.html, path).not.toContain(secret)
    expect(own.html, path).not.toContain('manager@onhand.test')
  }
})

test('the shared policy has the nonce of the shared bytes, and the next render has another one', async () => {
  const seen = await shop.ask('/')
  const [, nonce = ''] = /'nonce-([^']+)'/.exec(seen.headers.get('content-security-policy') ?? '') ?? []
  const used = [...seen.html.matchAll(/<script[^>]*\bnonce="([^"]*)"/g)].map(([, each]) => each)

  expect(new Set(used)).toEqual(new Set([nonce]))
  expect([...seen.html.matchAll(/<script\b(?![^>]*\bnonce=)/g)]).toEqual([])
  await shop.forgetCatalogue()
  expect((await shop.ask('/')).headers.get('content-security-policy')).not.toContain(nonce)
})

test('nothing that a visitor sends is written into a shared page', async () => {
  const word = 'reflected-a1b2c3'
  const sent = {
    cookie: `theme=${word}`,
    'x-forwarded-host': `${word}.example`,
    'x-forwarded-for': word,
    'x-forwarded-port': word,
    'x-forwarded-prefix': `/${word}`,
    'accept-language': word,
    'user-agent': word,
    referer: `https://${word}.example/`,
    'next-url': `/${word}`,
    'next-router-state-tree': encodeURIComponent(JSON.stringify([word, {}])),
    'x-onhand-asked-path': `/${word}`,
    'x-onhand-render': word,
    'x-nonce': word,
    'content-security-policy': `script-src 'nonce-${word}'`,
  }
  for (const path of ['/', `/category/${product.category}`, `/products/${product.handle}`, '/search']) {
    for (const rsc of [{}, { rsc: '1' }]) {
      await shop.forgetCatalogue()
      const seen = await shop.ask(`${path}?${word}=${word}&page=${word}&_rsc=${word}`, {
        headers: { ...sent, ...rsc },
      })
      expect(seen.status, path).toBe(200)
      expect(seen.html, path).not.toContain(word)
      expect(JSON.stringify([...seen.headers]), path).not.toContain(word)
    }
  }
})

test('the words of a search are text of their own page alone', async () => {
  const words = `"><script nonce="x">alert('${randomUUID()}')</script>`
  const seen = await shop.ask(`/search?${new URLSearchParams({ q: words })}`)

  expect(textOf(seen)).toContain('No products found')
  expect(seen.html).not.toContain('<script nonce="x">')
  expect((await shop.ask('/search')).html).not.toContain('alert(')
})

test('an address in other clothes is no public page and shows no private one', async () => {
  for (const path of [
    `/products/${product.handle}/..;/account`,
    `/products/${product.handle}%2f..%2f..%2faccount`,
    `/products/${product.handle}/account.css`,
    '/account/products/x',
    '/account;.css',
  ]) {
    const { headers, html } = await shop.ask(path, { headers: { cookie } })
    expect(headers.get('cache-control'), path).toContain('no-store')
    expect(html, path).not.toContain('manager@onhand.test')
  }
})

test('HEAD, the data of a page and old addresses are answered as before', async () => {
  const path = `/products/${product.handle}`
  const head = await shop.ask(path, { method: 'HEAD' })
  const data = await shop.ask(path, { headers: { rsc: '1' } })

  expect([head.status, head.html]).toEqual([200, ''])
  expect(data.headers.get('content-type')).toBe('text/x-component')
  expect(data.html).toContain(product.title)
  expect((await shop.ask(path)).headers.get('content-type')).toContain('text/html')
  expect((await shop.ask('/products/never-seen')).status).toBe(404)
  expect((await shop.ask('/?page=9999')).status).toBe(404)
})

test('an edited product is new at once, everywhere it is shown', async () => {
  const pages = ['/', `/category/${product.category}`, `/products/${product.handle}`]
  await Promise.all(pages.map((path) => shop.ask(path)))
  const title = `Renamed ${randomUUID().slice(0, 8)}`
  await sql`update public.products set title = ${title} where id = ${product.id}`
  try {
    await shop.forgetCatalogue()
    for (const path of pages) expect((await shop.ask(path)).html, path).toContain(title)
  } finally {
    await sql`update public.products set title = ${product.title} where id = ${product.id}`
    await shop.forgetCatalogue()
  }
})

test('a change of the catalogue is new on every server, whichever one it was made on', async () => {
  const path = `/products/${product.handle}`
  const servers = [shop, otherServer]
  const titles = async () =>
    Promise.all(servers.map(async ({ ask }) => (await ask(path)).html.includes(title)))
  const title = `Renamed ${randomUUID().slice(0, 8)}`
  expect(await titles()).toEqual([false, false])

  await sql`update public.products set title = ${title} where id = ${product.id}`
  try {
    // Below the life of cached catalogue data, which would end at some time, too.
    await expect.poll(titles, { timeout: 5_000, interval: 200 }).toEqual([true, true])
  } finally {
    await sql`update public.products set title = ${product.title} where id = ${product.id}`
    for (const { forgetCatalogue } of servers) await forgetCatalogue()
  }
})

test('shoppers without JavaScript who send the key of the same page each get their own unit, once', async () => {
  const { html } = await shop.ask(`/products/${product.handle}`)
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? ''
  const add = (as: string) =>
    shop.ask('/cart/add', {
      method: 'POST',
      headers: { origin: shop.url().origin, 'content-type': 'application/x-www-form-urlencoded', cookie: as },
      body: new URLSearchParams({
        variant_id: field('variant_id'),
        quantity: '1',
        idempotency_key: field('idempotency_key'),
        page: field('page'),
      }).toString(),
    })
  const carts = [1, 2].map(() => `cart=${randomBytes(32).toString('base64url')}`)

  for (const cart of carts) {
    await add(cart)
    const answer = await add(cart)
    const shown = await shop.ask(answer.headers.get('location') ?? '', { headers: { cookie: cart } })
    const { html: own } = await shop.ask('/cart/own', { headers: { cookie: cart } })
    expect(shown.headers.get('cache-control')).toContain('no-store')
    expect(textOf(shown)).toContain('1 in your cart.')
    expect(JSON.parse(own).lines).toMatchObject([{ quantity: 1 }])
  }
})
