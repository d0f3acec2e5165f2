import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { clientAddressIn, networkOf } from '@/lib/domain/core/network'
import { namePeer, peerOf } from '@/lib/server/network/peer'

test.each([
  [
    'the socket’s address without proxies, whatever the client claims',
    '9.9.9.9',
    '203.0.113.7',
    0,
    '203.0.113.7',
  ],
  ["the address our proxy saw, not the client's claim", '9.9.9.9, 203.0.113.7', '10.0.0.1', 1, '203.0.113.7'],
  [
    'the address the outer of two proxies saw',
    '9.9.9.9, 203.0.113.7, 10.0.0.2',
    '10.0.0.1',
    2,
    '203.0.113.7',
  ],
  ['nothing where fewer proxies added to the list', '203.0.113.7', '10.0.0.1', 2, null],
  ['nothing without a socket and without proxies', '203.0.113.7', null, 0, null],
  ['an IPv4 address in an IPv6 socket', null, '::ffff:203.0.113.7', 0, '203.0.113.7'],
  ['an address with a port', '203.0.113.7:4711', '10.0.0.1', 1, '203.0.113.7'],
  ['an IPv6 address in brackets', '[2001:db8::1]:4711', '10.0.0.1', 1, '2001:db8::1'],
  ['nothing for what is no address', 'unknown', '10.0.0.1', 1, null],
])('the client’s address is %s', (_, forwarded, peer, proxies, address) => {
  expect(clientAddressIn({ forwarded, peer }, proxies)).toBe(address)
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['127.0.0.1', null],
  ['::1', null],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

test('the socket’s address reaches the shop’s code, and a client cannot forge it', async () => {
  const seen: (string | null)[] = []
  const server = createServer((request, response) => {
    namePeer(request)
    seen.push(peerOf(new Headers(request.headers as Record<string, string>)))
    response.end()
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await fetch(url, { headers: { 'x-onhand-peer': 'guess 9.9.9.9' } })
  server.close()

  expect(seen).toEqual(['127.0.0.1'])
  expect(peerOf(new Headers({ 'x-onhand-peer': 'guess 9.9.9.9' }))).toBeNull()
})
