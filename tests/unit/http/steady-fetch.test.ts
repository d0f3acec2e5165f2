import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { isUnavailable } from '@/lib/domain/core/unavailable'
import { createCircuit } from '@/lib/server/resilience/circuit'
import { createSteadyFetch, steadyFetch, wasNotSent } from '@/lib/server/resilience/steady-fetch'
import { limitFor, shopperLimits } from '@/lib/server/resilience/time-limits'

/** A server that hangs up on so many requests before it answers, and remembers what it heard. */
async function hangingUp(times: number) {
  const heard: string[] = []
  const server = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (body: string) => heard.push(body))
    request.on('end', () => (heard.length > times ? response.end('here it is') : request.socket.destroy()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return { url: `http://127.0.0.1:${address.port}`, heard }
}

const read = '/rest/v1/rpc/read_cart'

test('a read whose connection ends without an answer is sent once more, word for word', async () => {
  const { url, heard } = await hangingUp(1)

  const answer = await steadyFetch(`${url}${read}`, { method: 'POST', body: 'cart 1' })

  expect(await answer.text()).toBe('here it is')
  expect(heard).toEqual(['cart 1', 'cart 1'])
})

test('a read that fails twice is a fault', async () => {
  const { url, heard } = await hangingUp(5)

  await expect(steadyFetch(`${url}${read}`, { method: 'POST', body: 'cart 1' })).rejects.toThrow(
    'fetch failed',
  )

  expect(heard).toHaveLength(2)
})

test('a write whose connection ends is not sent again', async () => {
  const { url, heard } = await hangingUp(1)

  await expect(steadyFetch(url, { method: 'POST', body: 'key 1' })).rejects.toThrow('fetch failed')

  expect(heard).toEqual(['key 1'])
})

test('where nobody listens, nobody is asked twice', async () => {
  await expect(steadyFetch('http://127.0.0.1:1')).rejects.toThrow('fetch failed')
})

/** A server that begins to answer, or not even that, and never ends. */
async function neverEnding({ begins }: { begins: boolean }) {
  let asked = 0
  const server = createServer((_, response) => {
    asked += 1
    if (begins) response.write('[{"id":')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return { url: `http://127.0.0.1:${address.port}`, asked: () => asked }
}

const hasty = createSteadyFetch({ readMs: 40, writeMs: 40 })
const failureOf = (answer: Promise<Response>) => answer.then(() => null, String)

test.for([true, false])(
  'an answer that does not end within the limit is none (begun: %s)',
  async (begins) => {
    const { url } = await neverEnding({ begins })

    const failure = await hasty(url).catch((cause: unknown) => cause)

    expect(isUnavailable(failure)).toBe(true)
    expect(String(failure)).toContain('no answer within 40 ms')
  },
)

test('after three failures in a row a call is not sent, and an error reports it', async () => {
  const { url, asked } = await neverEnding({ begins: false })
  for (const _ of [1, 2, 3]) await failureOf(hasty(url))

  const failure = await failureOf(hasty(url))

  expect(wasNotSent(failure ?? '')).toBe(true)
  expect(asked()).toBe(3)
})

test('a caller who leaves is no failure of the server', async () => {
  const { url, asked } = await neverEnding({ begins: false })
  for (const _ of [1, 2, 3, 4]) await failureOf(steadyFetch(url, { signal: AbortSignal.timeout(20) }))

  expect(asked()).toBe(4)
})

test('an open circuit lets one call in half a second through, and closes when one succeeds', () => {
  let time = 0
  const circuit = createCircuit(() => time)
  for (const _ of [1, 2, 3]) circuit.failed()

  expect(circuit.mayCall()).toBe(false)
  time = 500
  expect([circuit.mayCall(), circuit.mayCall()]).toEqual([true, false])
  circuit.succeeded()
  expect([circuit.mayCall(), circuit.mayCall()]).toEqual([true, true])
})

test.for([
  ['GET', '/rest/v1/products?select=id', 3_000],
  ['POST', '/rest/v1/rpc/read_cart', 3_000],
  ['POST', '/rest/v1/rpc/place_orders', 10_000],
  ['POST', '/rest/v1/rpc/apply_import', 120_000],
] as const)('%s %s may take %i ms', ([method, path, ms]) => {
  expect(limitFor(method, `http://api.test${path}`, shopperLimits)).toBe(ms)
})
