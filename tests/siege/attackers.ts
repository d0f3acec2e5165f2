import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { Browser } from '@/bench/shopping/browser'
import { formWith } from '@/bench/shopping/forms'
import type { Goods } from '@/bench/shopping/goods'
import { flood } from '@/tests/attacks/support/server'

/** Lanes that work until there is no more, or it is over. */
async function lanes(size: number, work: () => Promise<boolean>): Promise<void> {
  await Promise.all(
    Array.from({ length: size }, async () => {
      while (await work().catch(() => true));
    }),
  )
}

function over(forMs: number): () => boolean {
  const until = performance.now() + forMs
  return () => performance.now() > until
}

/** One network, many guests: each fills a cart with what is wanted most and keeps it alive. How often the shop said no. */
export async function hoarder(shop: string, { path, variantId }: Goods, guests: number, forMs: number) {
  const isOver = over(forMs)
  const from = { 'x-forwarded-for': '198.51.100.7' }
  const form = formWith((await new Browser(shop, from).get(path)).html, 'Add to cart')
  const browsers = Array.from({ length: guests }, () => new Browser(shop, from))
  const statuses: Record<number, number> = {}
  let n = 0
  await lanes(8, async () => {
    if (isOver()) return false
    const browser = browsers[n++ % guests] as Browser
    const fields = new Map([
      ...form.fields,
      ['variant_id', variantId],
      ['quantity', '5'],
      ['idempotency_key', randomUUID()],
    ])
    const { status } = await browser.send({ path }, { ...form, fields })
    statuses[status] = (statuses[status] ?? 0) + 1
    return true
  })
  return statuses
}

/** One network, so many requests of every kind, each connection as fast as it is answered. */
export async function flooder(
  shop: string,
  { path, variantId }: Goods,
  requests: number,
  connections: number,
  forMs: number,
) {
  const isOver = over(forMs)
  const headers = { 'x-forwarded-for': '203.0.113.99' }
  const statuses: Record<number, number> = {}
  let n = 0
  const kinds: ((browser: Browser) => ReturnType<Browser['get']>)[] = [
    (browser) => browser.get(path),
    (browser) => browser.get(`/search?q=${randomUUID().slice(0, 6)}`),
    (browser) => browser.get(`/products/${randomUUID()}`),
    (browser) => browser.get('/cart'),
    (browser) => browser.get('/checkout'),
    (browser) => browser.get(`/?${randomUUID()}`),
    (browser) =>
      browser.send(
        { path },
        {
          action: '/cart/add',
          isMultipart: false,
          fields: new Map([
            ['variant_id', variantId],
            ['quantity', '1'],
            ['idempotency_key', randomUUID()],
            ['page', path],
          ]),
        },
      ),
    (browser) =>
      browser.send(
        { path },
        { action: '/checkout/place', isMultipart: false, fields: new Map([['name', 'x'.repeat(15_000)]]) },
      ),
    (browser) =>
      browser.send(
        { path },
        { action: '/api/payments/sandbox', isMultipart: false, fields: new Map([['x', 'y']]) },
      ),
  ]
  await lanes(connections, async () => {
    if (n >= requests || isOver()) return false
    const kind = kinds[n++ % kinds.length] as (typeof kinds)[number]
    const { status } = await kind(new Browser(shop, headers))
    statuses[status] = (statuses[status] ?? 0) + 1
    return true
  })
  return { sent: n, statuses }
}

/** Connections that promise a form and send a byte now and then. Resolves with how many the shop still holds open. */
export async function slowBodies(shop: string, size: number, isOver: Promise<void>): Promise<number> {
  const { port, host, origin } = new URL(shop)
  const sockets = Array.from({ length: size }, (_, n) => {
    const socket = connect(Number(port), '127.0.0.1').on('error', () => socket.destroy())
    // A socket that reads nothing does not notice its end.
    socket.resume()
    const path = ['/cart/add', '/checkout/place', '/api/payments/sandbox', '/'][n % 4]
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nX-Forwarded-For: 192.0.2.5\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\n`,
    )
    return socket
  })
  const drip = setInterval(() => {
    for (const socket of sockets) if (!socket.destroyed) socket.write('a')
  }, 500)
  await isOver
  clearInterval(drip)
  const open = sockets.filter((socket) => !socket.destroyed && socket.readyState === 'open').length
  for (const socket of sockets) socket.destroy()
  return open
}

/** Bodies without a length and without an end. The most that the shop took of one, in MB. */
export async function floods(shop: string, size: number): Promise<number> {
  const paths = ['/cart/add', '/api/payments/sandbox', '/checkout/place', '/']
  const taken = await Promise.all(
    Array.from({ length: size }, (_, n) =>
      flood(paths[n % paths.length] ?? '/', 200, { shop, extra: 'X-Forwarded-For: 192.0.2.6\r\n' }),
    ),
  )
  return Math.max(...taken.map(({ sentMb }) => sentMb))
}
