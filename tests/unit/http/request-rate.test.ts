import { expect, test } from 'vitest'
import { isPrivate } from '@/lib/domain/core/network'
import { spendRequest } from '@/lib/server/network/request-rate'

test('a network that asks for three hundred pages at once waits, and then has thirty a second', () => {
  const asks = (at: number) => spendRequest('198.51.100.1', at).retryAfterSeconds

  for (let n = 0; n < 300; n++) expect(asks(1000)).toBeNull()
  expect(asks(1000)).toBe(2)
  expect(spendRequest('198.51.100.2', 1000).retryAfterSeconds).toBeNull()
  for (let n = 0; n < 30; n++) expect(asks(2000)).toBeNull()
  expect(asks(2000)).not.toBeNull()
})

test('a network is heavy after fifty requests beyond thirty a second, and no longer after a pause', () => {
  const asks = (at: number) => spendRequest('198.51.100.3', at).isHeavy

  for (let n = 0; n < 50; n++) expect(asks(1000)).toBe(false)
  expect(asks(1000)).toBe(true)
  expect(asks(3000)).toBe(false)
  // As often as a large office, for a minute.
  for (let at = 10_000; at < 70_000; at += 34) expect(asks(at)).toBe(false)
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
