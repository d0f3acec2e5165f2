import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '@/tests/support/database'
import { shopUrl } from './support/api'
import { onSale } from './support/goods'
import { act, actionIds, flood, memoryMb, post, visit } from './support/server'

const sql = connect(1)
let variantId = ''
beforeAll(async () => {
  variantId = await onSale(sql, 500)
})
afterAll(() => sql.end())

const fields = (page = '/') => ({ variant_id: variantId, quantity: '1', idempotency_key: randomUUID(), page })

const outsiders = () => {
  const { host, port } = new URL(shopUrl())
  return [
    {},
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: `http://${host}.evil.example` },
    { origin: `http://${host}@evil.example` },
    { origin: `http://evil.example:${port}` },
    { origin: `http://evil.example#${host}` },
    { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
    { origin: 'https://evil.example', 'x-forwarded-host': `evil.example, ${host}` },
    { origin: 'https://evil.example', forwarded: 'host=evil.example' },
  ]
}

test.for(['/cart/add', '/checkout/place'])('%s takes no form from another site', async (path) => {
  for (const headers of outsiders()) {
    const { status, headers: answered } = await visit(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(fields()).toString(),
    })
    expect([headers, status, answered.get('set-cookie')]).toEqual([headers, 403, null])
  }
})

const ELSEWHERE = [
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/\t/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '\\\\evil.example',
  '/\r\nSet-Cookie: x=1',
  '/\u2028//evil.example',
  '/%09/evil.example',
  '/a;Domain=evil.example;x=1',
]

test('a form leads back to a page of this shop, whatever it names', async () => {
  for (const page of ELSEWHERE) {
    const { status, headers } = await post('/cart/add', fields(page))
    const to = new URL(headers.get('location') ?? '/', shopUrl())
    expect([page, status, to.origin]).toEqual([page, 303, shopUrl()])
    expect(headers.get('set-cookie') ?? '').not.toMatch(/x=1|domain/i)
  }
})

test('no page in a redirect signs in towards another site', async () => {
  for (const next of ELSEWHERE) {
    for (const path of ['/account/sign-in', '/account/sign-up', '/staff/sign-in']) {
      const { status, text } = await visit(`${path}?next=${encodeURIComponent(next)}`)
      const named = [...text.matchAll(/name="next"[^>]*value="([^"]*)"/g)].map(([, value]) => value ?? '')
      expect([path, next, status < 500]).toEqual([path, next, true])
      for (const value of named) expect(new URL(value, shopUrl()).origin).toBe(shopUrl())
    }
  }
})

const floods: [path: string, options?: Parameters<typeof flood>[2]][] = [
  ['/cart/add'],
  ['/checkout/place'],
  [
    '/cart/add',
    {
      type: 'multipart/form-data; boundary=x',
      first: '--x\r\nContent-Disposition: form-data; name="junk"\r\n\r\n',
    },
  ],
  ['/api/payments/sandbox', { type: 'application/json' }],
  ['/api/revalidate', { type: 'application/json' }],
  ['/'],
  ['/', { type: 'text/plain', extra: `Next-Action: ${'a'.repeat(42)}\r\n` }],
  ['/cart', { type: 'multipart/form-data; boundary=x', first: '--x\r\n' }],
]
const LARGEST_MB = 24

test.for(floods)(
  'a body of 200 MB without a length is not read by %s',
  { timeout: 120_000 },
  async ([path, options]) => {
    const before = memoryMb()

    const { status, sentMb } = await flood(path, 200, options)

    // Kernel and socket buffers take some before anybody reads.
    expect(sentMb).toBeLessThanOrEqual(LARGEST_MB)
    expect(memoryMb() - before).toBeLessThan(100)
    expect(status).not.toBe(200)
    expect((await visit('/robots.txt')).status).toBe(200)
  },
)

test.for([
  ['/cart/add', 16],
  ['/checkout/place', 16],
  ['/api/payments/sandbox', 64],
] as const)('%s takes a body of %d kB, and not more', async ([path, kilobytes]) => {
  const padded = (bytes: number) => post(path, { ...fields(), junk: 'x'.repeat(bytes) })

  expect((await padded(kilobytes * 1024 - 1000)).status).not.toBe(413)
  expect((await padded(kilobytes * 1024)).status).toBe(413)
})

test('no server action keeps others waiting, however long the list it is sent', {
  timeout: 300_000,
}, async () => {
  const slow: string[] = []
  for (const [name, id] of actionIds()) {
    for (const args of [[Array(30_000).fill('hour')], [{ 0: 'x'.repeat(200_000) }], Array(20_000).fill(0)]) {
      const attack = act(id, args).catch((error: Error) => ({ status: 0, ms: 60_000, text: error.message }))
      const other = await visit('/robots.txt')
      const { ms } = await attack
      if (other.ms > 1500 || ms > 3000)
        slow.push(`${name}: ${Math.round(ms)} ms, others ${Math.round(other.ms)} ms`)
    }
  }
  expect(slow).toEqual([])
})

test('a product page is no error, whichever host the caller claims', async () => {
  for (const host of ['[', 'evil.example', 'a b', '\u00ff', 'x'.repeat(5000)]) {
    const { status, text } = await visit('/', { headers: { 'x-forwarded-host': host } })
    expect([host.slice(0, 20), status < 500, text.includes('evil.example')]).toEqual([
      host.slice(0, 20),
      true,
      false,
    ])
  }
})

test('one network does not keep the server busy with pages, and others do not notice', async () => {
  const from = (address: string) => visit('/robots.txt', { headers: { 'x-forwarded-for': address } })

  const flooded = await Promise.all(
    Array.from({ length: 500 }, (_, n) => from(`10.0.0.${n % 250}, 203.0.113.77`)),
  )

  const turnedAway = flooded.filter(({ status }) => status === 429)
  expect(turnedAway.length).toBeGreaterThan(50)
  expect(Number(turnedAway[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await from('203.0.113.78')).status).toBe(200)
})
