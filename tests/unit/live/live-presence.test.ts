import { expect, test } from 'vitest'
import {
  activePeers,
  afterMessage,
  type Peers,
  type PresenceChannel,
  parseMessage,
  presenceTiming,
} from '@/lib/domain/live/presence-rules'

const channel: PresenceChannel<{ name: string }> = {
  name: 'product:1',
  parse: (candidate) => {
    const { name } = candidate as { name?: unknown }
    return typeof name === 'string' ? { name } : null
  },
}
const empty: Peers<{ name: string }> = new Map()
const hello = (key: string, name: string) => ({ key, state: { name } })

test('a peer is present at its last reported position', () => {
  const peers = afterMessage(
    afterMessage(empty, channel, hello('a', 'Ada'), 0),
    channel,
    hello('a', 'Ada L.'),
    5,
  )

  expect([...peers]).toEqual([['a', { key: 'a', state: { name: 'Ada L.' }, heardAt: 5 }]])
})

test('a peer that leaves is gone, and an unknown one changes nothing by leaving', () => {
  const peers = afterMessage(empty, channel, hello('a', 'Ada'), 0)

  expect(afterMessage(peers, channel, { key: 'a', state: null }, 1).size).toBe(0)
  expect(afterMessage(peers, channel, { key: 'b', state: null }, 1)).toEqual(peers)
})

test('a silent peer is gone after 25 seconds', () => {
  const peers = afterMessage(empty, channel, hello('a', 'Ada'), 0)

  expect(activePeers(peers, presenceTiming.goneMs - 1)).toEqual(peers)
  expect(activePeers(peers, presenceTiming.goneMs).size).toBe(0)
  expect(presenceTiming.heartbeatMs * 2).toBeLessThan(presenceTiming.goneMs)
})

test('an unreadable message is not shown', () => {
  expect(afterMessage(empty, channel, { key: 'a', state: { name: 7 } }, 0)).toEqual(empty)
  expect(parseMessage('hello')).toBeNull()
  expect(parseMessage({ state: {} })).toBeNull()
  expect(parseMessage({ key: 'a' })).toEqual({ key: 'a', state: null })
})
