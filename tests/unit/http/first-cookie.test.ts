import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { offerCartCookie } from '@/lib/server/http/first-cookie'

/** A server that answers 200 to whatever is not answered by the offer of a cookie. */
async function aShop(): Promise<string> {
  const server = createServer((request, response) => {
    if (!offerCartCookie({ request, response })) response.end('served')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  return typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : ''
}

const add = (shop: string, headers: Record<string, string> = {}, path = '/cart/add') =>
  fetch(shop + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: shop, ...headers },
    body: new URLSearchParams({ quantity: '1' }),
  })

test('the first form of a browser without a cart cookie gets one, and is sent again with it', async () => {
  const shop = await aShop()
  const offered = await add(shop)
  const [cookie = ''] = offered.headers.getSetCookie()

  expect([offered.status, offered.headers.get('location')]).toEqual([307, '/cart/add?again'])
  expect(cookie).toMatch(/^cart=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=lax$/)
  const [sent = ''] = cookie.split(';')
  expect((await add(shop, { cookie: `theme=dark; ${sent}` })).status).toBe(200)
})

test.for([
  ['that was sent again', {}, '/cart/add?again'],
  ['to another address', {}, '/cart'],
  ['from another site', { origin: 'https://evil.example' }, '/cart/add'],
] as const)('a form %s gets no cookie here', async ([, headers, path]) => {
  const answer = await add(await aShop(), headers, path)

  expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []])
})

test('a cart cookie that this shop never made is replaced; over https only https sends it', async () => {
  const answer = await add(await aShop(), { cookie: 'cart=short', 'x-forwarded-proto': 'https' })

  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([307, expect.stringMatching(/; Secure$/)])
})
