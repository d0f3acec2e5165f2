import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { aShop } from './support/shop'

const shop = aShop()

interface Heard {
  status: number
  sentBytes: number
  ms: number
}

/** Sends a chunked body of `bytes` as fast as it is taken, or `pauseMs` between its chunks, until the shop answers. */
function flood(
  path: string,
  bytes: number,
  { headers = '', pauseMs = 0, size = 65_536 } = {},
): Promise<Heard> {
  const { port, origin, host } = shop.url()
  const chunk = Buffer.alloc(size, 'x')
  const begun = performance.now()
  return new Promise((resolve) => {
    let said = ''
    let sentBytes = 0
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\n` +
        `Content-Type: application/x-www-form-urlencoded\r\n${headers}Transfer-Encoding: chunked\r\n\r\n`,
    )
    const send = () => {
      if (socket.destroyed || said !== '' || sentBytes >= bytes) return
      sentBytes += chunk.length
      const taken = socket.write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`)
      if (pauseMs > 0) setTimeout(send, pauseMs)
      else if (taken) setImmediate(send)
      else socket.once('drain', send)
    }
    send()
    const end = () => {
      socket.destroy()
      resolve({ status: Number(said.split(' ')[1] ?? 0), sentBytes, ms: performance.now() - begun })
    }
    socket.on('data', (data) => {
      said += data
      end()
    })
    socket.on('error', end)
    socket.on('close', end)
  })
}

const anAction = `Next-Action: ${'a'.repeat(42)}\r\n`

test.for([
  ['the cart form', '/cart/add', ''],
  ['the order form', '/checkout/place', ''],
  ['the payment webhook', '/api/payments/sandbox', ''],
  ['a route that reads no body', '/api/revalidate', ''],
  ['a page', '/', ''],
  ['a server action', '/', anAction],
  ['an action of staff', '/staff/import', anAction],
] as const)('a body without an end to %s is turned away after the limit', async ([, path, headers]) => {
  const { status, sentBytes } = await flood(path, 200 * 2 ** 20, { headers })

  expect(status).toBe(413)
  // Bytes in the sockets' buffers of both sides were sent as well.
  expect(sentBytes).toBeLessThan(12 * 2 ** 20)
})

test('a body that says that it is too large is turned away as well', async () => {
  const { status } = await shop.ask('/', { method: 'POST', body: 'x'.repeat(600_000) })

  expect(status).toBe(413)
})

test('a body that comes too slowly is given up, and the shop serves others in the meantime', async () => {
  const slow = flood('/cart/add', 99, { pauseMs: 60_000, size: 9 })
  const others = await shop.ask('/cart')
  const { status, ms } = await slow

  expect(others.status).toBe(200)
  expect(status).toBe(408)
  expect(ms).toBeLessThan(14_000)
})

test('a file from nobody is refused before it is read', async () => {
  const { status, ms } = await flood('/staff/import/upload', 200_000, { pauseMs: 60_000 })

  expect(status).toBe(303)
  expect(ms).toBeLessThan(5_000)
})
