import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { followRender } from '@/lib/server/pages/flight'
import { sendFlight } from '@/lib/server/pages/send-page'
import { aResponse, shared } from './support/renders'

/** A server that answers each request with one render, which the test drives. */
async function serving() {
  const render = aResponse()
  const sent = Promise.withResolvers<IncomingMessage>()
  const flight = followRender(sent.promise)
  const server = createServer((request, response) => void sendFlight({ request, response }, flight))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return { render, sent, flight, port: address.port, url: `http://127.0.0.1:${address.port}/` }
}

test('a whole page is sent compressed, with its age and no cookie', async () => {
  const { render, sent, url } = await serving()
  sent.resolve(Object.assign(render, { headers: { ...shared, vary: 'rsc', 'set-cookie': ['a=b'] } }))
  render.push('a jug')
  render.push(null)

  const response = await fetch(url, { headers: { 'accept-encoding': 'gzip' } })

  expect(await response.text()).toBe('a jug')
  expect(Object.fromEntries(response.headers)).toMatchObject({
    age: expect.stringMatching(/^\d+$/),
    vary: 'rsc, accept-encoding',
    'content-encoding': 'gzip',
    'cache-control': shared['cache-control'],
  })
  expect(response.headers.get('set-cookie')).toBeNull()
})

test('HEAD is answered with the headers alone', async () => {
  const { render, sent, port } = await serving()
  sent.resolve(render)
  render.push('a jug')
  render.push(null)

  const socket = connect(port, '127.0.0.1')
  socket.write('HEAD / HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n')
  const parts: Buffer[] = []
  for await (const part of socket) parts.push(part as Buffer)

  const [head = '', body] = String(Buffer.concat(parts)).split('\r\n\r\n')
  expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(head).toMatch(/content-length: 5(\r\n|$)/i)
  expect(body).toBe('')
})

test('a page whose rest is slow is sent as it comes, to all who wait', async () => {
  const { render, sent, url } = await serving()
  sent.resolve(render)
  render.push('first ')
  const responses = await Promise.all([fetch(url), fetch(url)])
  render.push('second')
  render.push(null)

  expect(await Promise.all(responses.map((response) => response.text()))).toEqual([
    'first second',
    'first second',
  ])
})

test('a page that breaks off is not taken for a whole one', async () => {
  const { render, sent, url } = await serving()
  sent.resolve(render)
  render.push('half a ')
  const response = await fetch(url)
  render.destroy(new Error('the render ended'))

  await expect(response.text()).rejects.toThrow()
})

test('a visitor who leaves stops nobody else', async () => {
  const { render, sent, flight, url } = await serving()
  sent.resolve(render)
  render.push('first ')
  const leaving = new AbortController()
  const left = await fetch(url, { signal: leaving.signal })
  const staying = await fetch(url)
  leaving.abort()
  await expect(left.text()).rejects.toThrow()
  render.push('second')
  render.push(null)

  expect(await staying.text()).toBe('first second')
  expect(gunzipSync((await flight.page).gzipped).toString()).toBe('first second')
})

test('a render without a response is answered with 503, which no cache keeps', async () => {
  const { sent, url } = await serving()
  sent.reject(new Error('no connection'))

  const { status, headers } = await fetch(url)

  expect([status, headers.get('cache-control')]).toEqual([503, 'private, no-store'])
})
