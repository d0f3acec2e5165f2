import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { publicCacheControl } from '@/lib/domain/pages/page-life'
import { guardHttp } from '@/lib/server/http/http-guard'
import { purgePages } from '@/lib/server/pages/purge'
import { createPublicPages } from '@/lib/server/pages/serve-pages'

guardHttp(createPublicPages(() => async () => undefined))

/** A server behind the guard in place of Next, and the requests that reached it. */
async function aShop(answer: (response: ServerResponse, request: IncomingMessage) => void = page) {
  purgePages()
  const renders: { url: string; headers: IncomingMessage['headers'] }[] = []
  const server = createServer((request, response) => {
    renders.push({ url: request.url ?? '', headers: request.headers })
    answer(response, request)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return { renders, port: address.port, url: `http://127.0.0.1:${address.port}` }
}

function page(response: ServerResponse): void {
  response.setHeader('cache-control', publicCacheControl)
  response.setHeader('content-security-policy', "script-src 'nonce-x'")
  response.end('a page')
}

test('a public page is rendered once, by a request that carries nothing of a visitor', async () => {
  const { renders, url } = await aShop()
  const headers = {
    cookie: 'cart=secret',
    authorization: 'Bearer secret',
    'accept-language': 'nl',
    'x-forwarded-host': 'evil.example',
    'next-router-state-tree': 'evil',
  }
  const pages = await Promise.all([
    fetch(`${url}/products/jug?utm_source=mail`, { headers }),
    fetch(`${url}/products/jug`),
    fetch(`${url}/products/jug`, { method: 'HEAD' }),
  ])

  expect(pages.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(renders).toHaveLength(1)
  expect(renders[0]?.url).toBe('/products/jug')
  const { connection: _, ...said } = renders[0]?.headers ?? {}
  expect(said).toEqual({
    host: 'localhost',
    'accept-encoding': 'identity',
    'user-agent': 'onhand',
    'x-forwarded-proto': 'http',
  })
})

test('nobody can pass for the server that asks itself', async () => {
  const { renders, url } = await aShop()
  await fetch(`${url}/cart`, { headers: { 'x-onhand-render': 'guessed', cookie: 'cart=secret' } })
  await fetch(`${url}/`, { headers: { 'x-onhand-render': 'guessed', cookie: 'cart=secret' } })

  expect(
    renders.map(({ url: asked, headers }) => [asked, headers.cookie, headers['x-onhand-render']]),
  ).toEqual([
    ['/cart', 'cart=secret', undefined],
    ['/', undefined, undefined],
  ])
})

test('a visitor who leaves before the page is rendered takes it from nobody', async () => {
  const rendering = Promise.withResolvers<ServerResponse>()
  const { renders, port, url } = await aShop((response) => rendering.resolve(response))
  const leaving = connect(port, '127.0.0.1')
  leaving.write('GET /products/jug HTTP/1.1\r\nHost: shop.test\r\n\r\n')
  const response = await rendering.promise
  const staying = fetch(`${url}/products/jug`)
  leaving.destroy()
  await once(leaving, 'close')
  page(response)

  expect(await (await staying).text()).toBe('a page')
  expect(renders).toHaveLength(1)
})

test('an old page is sent at once, and one render brings the next one', async () => {
  const { renders, url } = await aShop()
  const now = vi.spyOn(performance, 'now').mockReturnValue(1_000)
  onTestFinished(() => now.mockRestore())
  await fetch(`${url}/products/jug`)
  now.mockReturnValue(3_000)

  const answers = await Promise.all([fetch(`${url}/products/jug`), fetch(`${url}/products/jug`)])
  expect(answers.map(({ headers }) => headers.get('age'))).toEqual(['2', '2'])
  await vi.waitFor(async () => expect((await fetch(`${url}/products/jug`)).headers.get('age')).toBe('0'))
  expect(renders).toHaveLength(2)
})

test('a page from the cache costs a network a tenth; a flood of it and of other addresses is turned away', async () => {
  const { renders, url } = await aShop()
  vi.stubEnv('TRUSTED_PROXIES', '1')
  onTestFinished(() => void vi.unstubAllEnvs())
  const now = vi.spyOn(performance, 'now').mockReturnValue(50_000)
  onTestFinished(() => now.mockRestore())
  const ask = async (path: string, address: string) =>
    (await fetch(url + path, { headers: { 'x-forwarded-for': address } })).status
  await ask('/products/jug', '198.51.100.61')

  const asks = (number: number, path: (n: number) => string) =>
    Promise.all(Array.from({ length: number }, (_, n) => ask(path(n), '198.51.100.61')))
  expect(await asks(350, () => '/products/jug')).not.toContain(429)
  expect(renders).toHaveLength(1)

  const flooded = await asks(400, (n) => `/search?q=${n}`)
  expect(flooded.filter((status) => status === 429).length).toBeGreaterThan(100)
  expect(renders.length).toBeLessThan(300)
})

test('an error, a 404 and a redirect are rendered for each visitor', async () => {
  for (const status of [500, 404, 308]) {
    const { renders, url } = await aShop((response) => {
      response.statusCode = status
      page(response)
    })
    for (const _ of [1, 2]) {
      const answer = await fetch(`${url}/products/jug`, { redirect: 'manual' })
      expect(answer.status).toBe(status)
    }
    expect(renders).toHaveLength(2)
  }
})
