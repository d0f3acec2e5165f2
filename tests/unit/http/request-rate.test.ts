import { EventEmitter, once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { expect, onTestFinished, test, vi } from 'vitest'
import { isPrivate } from '@/lib/domain/core/network'
import { limitRequests, spendRequest, takePlace } from '@/lib/server/network/request-rate'

test('a network that asks for three hundred pages at once waits, and then has thirty a second', () => {
  const asks = (at: number) => spendRequest('198.51.100.1', at)

  for (let n = 0; n < 300; n++) expect(asks(1000)).toBeNull()
  expect(asks(1000)).toEqual({ retryAfterSeconds: 2 })
  expect(spendRequest('198.51.100.2', 1000)).toBeNull()
  for (let n = 0; n < 30; n++) expect(asks(2000)).toBeNull()
  expect(asks(2000)).not.toBeNull()
})

test.for([
  ['10.1.2.3', true],
  ['172.31.0.1', true],
  ['172.32.0.1', false],
  ['192.168.1.1', true],
  ['198.51.100.1', false],
  ['fd00::1', true],
  ['2001:db8::1', false],
] as const)('%s is private: %s', ([address, expected]) => {
  expect(isPrivate(address)).toBe(expected)
})

const aResponse = () => Object.assign(new EventEmitter(), { destroyed: false }) as unknown as ServerResponse

test('four pages of a network are in the making; others wait in line, and the line has an end', () => {
  const begun: number[] = []
  const responses = Array.from({ length: 104 }, aResponse)

  responses.forEach((response, n) => {
    expect(takePlace('a', response, () => begun.push(n))).toBe(true)
  })
  expect(takePlace('a', aResponse(), () => begun.push(-1))).toBe(false)
  expect(begun).toEqual([0, 1, 2, 3])
  expect(takePlace('b', aResponse(), () => begun.push(1000))).toBe(true)

  responses[2]?.emit('close')
  responses[2]?.emit('close')
  expect(begun).toEqual([0, 1, 2, 3, 1000, 4])
})

test('who reads slowly or went away keeps no place', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const begun: number[] = []
  for (let n = 0; n < 4; n++) takePlace('c', aResponse(), () => begun.push(n))
  takePlace('c', Object.assign(aResponse(), { destroyed: true }), () => begun.push(-1))
  takePlace('c', aResponse(), () => begun.push(4))

  vi.advanceTimersByTime(5001)

  expect(begun).toEqual([0, 1, 2, 3, 4])
})

test('who asks too fast is told when to come again; files, other networks and this machine go on', async () => {
  vi.stubEnv('TRUSTED_PROXIES', '1')
  onTestFinished(() => void vi.unstubAllEnvs())
  limitRequests()
  const server = createServer((_, response) => response.end('a page')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const url = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : ''
  const ask = (from: string | null, path = '/', method = 'GET') =>
    fetch(url + path, { method, ...(from && { headers: { 'x-forwarded-for': from } }) })

  for (let n = 0; n < 350; n++) spendRequest('203.0.113.1')
  const refused = await ask('1.2.3.4, 203.0.113.1', '/', 'POST')

  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await refused.text()).toContain('Nothing was changed')
  for (const other of [ask('203.0.113.1', '/_next/static/x.js'), ask('203.0.113.2'), ask(null)])
    expect((await other).status).toBe(200)
})
