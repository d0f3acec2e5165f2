import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { leadingZeros, sha256Words, solve } from '@/lib/domain/checkout/proof'
import { challengeFor, isProved } from '@/lib/server/checkout/proof'

beforeAll(() => {
  process.env.SUPABASE_SECRET_KEY = 'sb_secret_test'
})

const order = { cart: 'c'.repeat(43), idempotencyKey: '7f3cf2e2-5a4e-4dd3-9a45-0a5f2f6f6b9c' }
const now = 1_790_000_000_000
const soon = async () => undefined

test('the hash is SHA-256 for every ASCII text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii', maxLength: 200 }), (text) => {
      const expected = createHash('sha256').update(text, 'ascii').digest()
      expect([...sha256Words(text)]).toEqual(Array.from({ length: 8 }, (_, n) => expected.readInt32BE(n * 4)))
    }),
  )
})

test('zeros are counted over the words of a hash', () => {
  expect([[0, 0, 1], [1], [-1], [0x00ff_ffff]].map(leadingZeros)).toEqual([95, 31, 0, 8])
})

test('a solved challenge is proved for its own order, in time, and for no other', async () => {
  const challenge = challengeFor(order, 10, now)
  const proof = await solve(challenge, soon)
  if (!proof) throw new Error('not solved')

  expect(isProved(order, proof, now)).toBe(true)
  expect(isProved({ ...order, idempotencyKey: crypto.randomUUID() }, proof, now)).toBe(false)
  expect(isProved({ ...order, cart: 'd'.repeat(43) }, proof, now)).toBe(false)
  expect(isProved(order, proof, now + 16 * 60_000)).toBe(false)
})

test('work that was not done, or for a challenge the server did not sign, proves nothing', async () => {
  const challenge = challengeFor(order, 10, now)
  const [, expires = '', signature = ''] = challenge.split('.')
  const easier = await solve(`8.${expires}.${signature}`, soon)

  expect(easier && isProved(order, easier, now)).toBe(false)
  expect(isProved(order, { challenge: `10.${now * 2}.${signature}`, nonce: 1 }, now)).toBe(false)
  for (const nonce of [-1, Number.NaN, 0.5, 2 ** 60])
    expect(isProved(order, { challenge, nonce }, now)).toBe(false)
  const lazy = Array.from({ length: 50 }, (_, nonce) => isProved(order, { challenge, nonce }, now))
  expect(lazy.filter(Boolean).length).toBeLessThan(3)
  expect(await solve('nothing of ours', soon)).toBeNull()
})

test('solving pauses for the page and ends when it is aborted', async () => {
  const abort = new AbortController()
  let pauses = 0
  const solved = await solve(
    challengeFor(order, 30, now),
    async () => {
      pauses += 1
      if (pauses === 3) abort.abort()
    },
    abort.signal,
  )

  expect(solved).toBeNull()
  expect(pauses).toBe(3)
})
