import { request } from 'node:http'
import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { aShop } from './support/shop'

const shop = aShop()
const sql = postgres(process.env.DATABASE_URL ?? '', { max: 1 })
afterAll(() => sql.end())

/** A page asked for under another name; fetch sets the host itself. */
function asked(path: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = shop.url()
    request({ hostname, port, path, headers }, (response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
      .on('error', reject)
      .end()
  })
}

test.for(['[', 'evil.example', 'a b', ''])(
  'absolute links name the shop, whatever host a request claims (%j)',
  async (host) => {
    const { status, body } = await asked('/sitemaps/pages.xml', { 'x-forwarded-host': host })

    expect(status).toBe(200)
    expect(body).toContain(`<loc>${shop.url().origin}/</loc>`)
    expect(body).not.toContain('evil')
  },
)

test.for(['/iconfoo', '/favicon.icox', '/cart/addition', '/robots.txt.html', '/artefacts'])(
  '%s is a page like others and has its policy',
  async (path) => {
    const { status, headers } = await shop.ask(path)

    expect(status).toBe(404)
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
  },
)

test('the secret link of an order tells no other site its address', async () => {
  const link = '/orders/00000000-0000-4000-8000-000000000001/key/secret'

  expect((await shop.ask(link)).headers.get('referrer-policy')).toBe('no-referrer')
  expect((await shop.ask('/')).headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
})

test('the picture of a shared link is drawn once and may be kept', async () => {
  const [row] = await sql<
    { handle: string }[]
  >`select handle from public.products where status = 'active' limit 1`
  const { html } = await shop.ask(`/products/${row?.handle}`)
  const address = /property="og:image" content="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const { pathname, search } = new URL(address)

  const first = await shop.ask(pathname + search)
  const second = await shop.ask(pathname + search)

  expect(first.headers.get('content-type')).toBe('image/png')
  expect(first.headers.get('cache-control')).toContain('max-age=3600')
  expect(second.html).toBe(first.html)
  expect(second.ms).toBeLessThan(first.ms)
})
