import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, onTestFinished, test, vi } from 'vitest'
import { isPrivate } from '@/lib/domain/core/network'
import { limitRequests, spendRequest } from '@/lib/server/network/request-rate'

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
