import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { guardBody } from '@/lib/server/http/body-guard'
import { guardHttp } from '@/lib/server/http/http-guard'
import { markFailed } from '@/lib/server/resilience/unavailable-pages'

async function serving(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return { server, port: address.port, url: `http://127.0.0.1:${address.port}` }
}

/** Sends a request word for word and reads the first line of the answer. */
async function firstLine(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined)
  onTestFinished(() => void socket.destroy())
  socket.write(request)
  const [answer] = await once(socket, 'data')
  return String(answer).split('\r\n', 1)[0] ?? ''
}

const post = 'POST / HTTP/1.1\r\nHost: shop.test\r\n'
const chunkOf = (bytes: number) => `${bytes.toString(16)}\r\n${'x'.repeat(bytes)}\r\n`
const tiny = { bytes: 100, ms: 30 }

test.for([
  ['says that it is too large', `${post}Content-Length: 101\r\n\r\n`, 413],
  ['is too large and does not say so', `${post}Transfer-Encoding: chunked\r\n\r\n${chunkOf(101)}`, 413],
  ['is too large in parts', `${post}Transfer-Encoding: chunked\r\n\r\n${chunkOf(60)}${chunkOf(60)}`, 413],
  ['does not end', `${post}Content-Length: 100\r\n\r\nx`, 408],
] as const)('a body that %s is turned away, though nobody reads it', async ([, request, status]) => {
  const { server, port } = await serving(() => undefined)
  server.prependListener('request', (asked, response) =>
    guardBody({ request: asked, response, server }, tiny),
  )

  expect(await firstLine(port, request)).toContain(`HTTP/1.1 ${status} `)
})

test('who was answered before their body had come does not keep the connection', async () => {
  const { server, port } = await serving((_, response) => response.end('enough'))
  server.prependListener('request', (asked, response) => guardBody({ request: asked, response, server }))
  const socket = connect(port, '127.0.0.1').on('error', () => undefined)
  const closed = once(socket, 'close')
  socket.resume()
  socket.write(`${post}Content-Length: 100\r\n\r\nx`)
  const drip = setInterval(() => socket.write('x'), 100)
  onTestFinished(() => clearInterval(drip))

  await closed
})

test('a body within the limit arrives as it was sent', async () => {
  const { server, url } = await serving(async (asked, response) => {
    let body = ''
    for await (const chunk of asked) body += chunk
    response.end(body)
  })
  server.prependListener('request', (asked, response) =>
    guardBody({ request: asked, response, server }, tiny),
  )

  const answer = await fetch(url, { method: 'POST', body: 'y'.repeat(100) })

  expect(await answer.text()).toBe('y'.repeat(100))
})

test('a page whose data could not be had is sent with 503, and another error stays what it is', async () => {
  guardHttp()
  const { server, url } = await serving((asked, response) => {
    response.setHeader('content-security-policy', `nonce${asked.url}`)
    response.statusCode = 500
    response.end()
  })
  markFailed({ 'content-security-policy': 'nonce/unavailable' })

  const [unavailable, broken] = [await fetch(`${url}/unavailable`), await fetch(`${url}/broken`)]

  expect([unavailable.status, unavailable.headers.get('retry-after')]).toEqual([503, '2'])
  expect([broken.status, broken.headers.get('retry-after')]).toEqual([500, null])
  // The mark ends with its response.
  expect((await fetch(`${url}/unavailable`)).status).toBe(500)
  // Headers that never end are Node's to end; it looks every 30 seconds.
  expect([server.headersTimeout, server.requestTimeout]).toEqual([15_000, 150_000])
})
