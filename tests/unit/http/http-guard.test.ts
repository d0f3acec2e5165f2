import { once } from 'node:events'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { guardBody } from '@/lib/server/http/body-guard'
import { guardHttp } from '@/lib/server/http/http-guard'
import { spendRequest, spendShelfRequest } from '@/lib/server/network/request-rate'
import { markFailed } from '@/lib/server/resilience/page-status'

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

/** A server behind the guard of bodies alone; what it served. */
async function guarding(listener: RequestListener, limit = tiny) {
  const served: string[] = []
  const serves = await serving((request, response) =>
    guardBody(
      { request, response },
      () => {
        served.push(request.url ?? '')
        listener(request, response)
      },
      limit,
    ),
  )
  return { ...serves, served }
}

test.for([
  ['says that it is too large', `${post}Content-Length: 101\r\n\r\n`, 413],
  ['is too large and does not declare it', `${post}Transfer-Encoding: chunked\r\n\r\n${chunkOf(101)}`, 413],
  ['is too large in parts', `${post}Transfer-Encoding: chunked\r\n\r\n${chunkOf(60)}${chunkOf(60)}`, 413],
  ['does not end', `${post}Content-Length: 100\r\n\r\nx`, 408],
] as const)('a body that %s is turned away and never served', async ([, request, status]) => {
  const { port, served } = await guarding(() => undefined)

  expect(await firstLine(port, request)).toContain(`HTTP/1.1 ${status} `)
  expect(served).toEqual([])
})

test('a body that drips is cut with its connection', async () => {
  const { port } = await guarding(() => undefined)
  const socket = connect(port, '127.0.0.1').on('error', () => undefined)
  const closed = once(socket, 'close')
  socket.resume()
  socket.write(`${post}Content-Length: 100\r\n\r\nx`)
  const drip = setInterval(() => socket.write('x'), 100)
  onTestFinished(() => clearInterval(drip))

  await closed
})

test('a client that was answered before its body had come does not keep the connection', async () => {
  const large = { bytes: 1_000_000, ms: 60_000 }
  const { port } = await guarding((_, response) => response.end('enough'), large)
  const socket = connect(port, '127.0.0.1').on('error', () => undefined)
  const closed = once(socket, 'close')
  socket.resume()
  socket.write(`${post}Content-Length: 900000\r\n\r\n${'x'.repeat(70_000)}`)
  const drip = setInterval(() => socket.write('x'), 100)
  onTestFinished(() => clearInterval(drip))

  await closed
})

test.for([100, 1_000_000])('a body of %d bytes within the limit arrives as it was sent', async (bytes) => {
  const { url } = await guarding(
    async (asked, response) => {
      let body = ''
      for await (const chunk of asked) body += chunk
      response.end(body)
    },
    { bytes, ms: 10_000 },
  )

  const answer = await fetch(url, { method: 'POST', body: 'y'.repeat(bytes) })

  expect(await answer.text()).toBe('y'.repeat(bytes))
})

/** So many requests of a network, so far ahead in time: a slow test earns it no new ones. */
function spendAhead(network: string, requests: number, ms: number): void {
  const at = performance.now() + ms
  for (let n = 0; n < requests; n++) spendRequest(network, at)
}

/** Behind the whole guard, with a proxy that names networks. */
async function guarded(listener: RequestListener) {
  vi.stubEnv('TRUSTED_PROXIES', '1')
  onTestFinished(() => void vi.unstubAllEnvs())
  guardHttp()
  const { url } = await serving(listener)
  return (from: string | null, path = '/', init: RequestInit = {}) =>
    fetch(url + path, { ...init, headers: from === null ? {} : { 'x-forwarded-for': from } })
}

test('a network that asks too fast waits for its refusal; files, other networks and this machine go on', async () => {
  const ask = await guarded((_, response) => response.end('a page'))
  spendAhead('203.0.113.1', 300, 60_000)

  const begun = performance.now()
  const refused = await ask('1.2.3.4, 203.0.113.1', '/', { method: 'POST', body: 'x' })

  expect(performance.now() - begun).toBeGreaterThan(900)
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await refused.text()).toContain('Nothing was changed')
  for (const other of [ask('203.0.113.1', '/_next/static/x.js'), ask('203.0.113.2'), ask(null)])
    expect((await other).status).toBe(200)
})

test('a comparison of an open page never reaches Next, and has a limit that pages do not use up', async () => {
  const ask = await guarded((_, response) => response.end('a page'))
  spendAhead('203.0.113.30', 300, 60_000)
  const id = '10000000-0000-4000-8000-000000000001'
  for (let spent = 0; spent < 2_000; spent += 500)
    spendShelfRequest('203.0.113.31', 500, performance.now() + 60_000)

  const [malformed, tooMany] = [
    await ask('203.0.113.30', '/shelf?product_id=all'),
    await ask('203.0.113.31', `/shelf?product_id=in.(${id})`),
  ]

  expect([malformed.status, await malformed.text()]).toEqual([400, ''])
  expect([tooMany.status, tooMany.headers.get('cache-control')]).toEqual([429, 'no-store'])
  expect(Number(tooMany.headers.get('retry-after'))).toBeGreaterThan(0)
  // Everything else under a name like it is a page.
  for (const path of ['/shelf', '/shelfish?x=1', '/a?/shelf?'])
    expect(await (await ask('203.0.113.32', path)).text()).toBe('a page')
})

test('one page of a flood is in the making, and the page of another network is made beside it', async () => {
  const making: ServerResponse[] = []
  const ask = await guarded((_, response) => void making.push(response))
  spendAhead('203.0.113.9', 60, 2_000)

  const shopper = ask('203.0.113.10')
  await vi.waitFor(() => expect(making).toHaveLength(1))
  const flood = Array.from({ length: 20 }, () => ask('203.0.113.9'))
  await vi.waitFor(() => expect(making).toHaveLength(2))
  const second = ask('203.0.113.11')
  await vi.waitFor(() => expect(making).toHaveLength(3))

  const finish = setInterval(() => making.shift()?.end(), 1)
  onTestFinished(() => clearInterval(finish))
  const answers = await Promise.all([shopper, second, ...flood])
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
})

test('a page whose data could not be had is sent with 503, and another error stays what it is', async () => {
  guardHttp()
  const { server, url } = await serving((asked, response) => {
    response.setHeader('content-security-policy', `nonce${asked.url}`)
    response.statusCode = 500
    response.end()
  })
  markFailed({ 'content-security-policy': 'nonce/unavailable' }, 503)
  markFailed({ 'content-security-policy': 'nonce/bad' }, 400)

  const [unavailable, broken] = [await fetch(`${url}/unavailable`), await fetch(`${url}/broken`)]

  expect([unavailable.status, unavailable.headers.get('retry-after')]).toEqual([503, '2'])
  expect([broken.status, broken.headers.get('retry-after')]).toEqual([500, null])
  expect((await fetch(`${url}/bad`)).status).toBe(400)
  // The mark ends with its response.
  expect((await fetch(`${url}/unavailable`)).status).toBe(500)
  // Headers that never end are Node's to end; it checks every 30 seconds.
  expect([server.headersTimeout, server.requestTimeout]).toEqual([15_000, 150_000])
})
