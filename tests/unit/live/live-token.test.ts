import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepToken } from '@/lib/client/live/transport/token'
import { SignedOut } from '@/lib/domain/live/signed-out'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function jwt(endsInSeconds: number): string {
  return `x.${btoa(JSON.stringify({ exp: Date.now() / 1_000 + endsInSeconds }))}.x`
}

function asked(endsInSeconds: number) {
  const ask = vi.fn(() => Promise.resolve<string | null>(jwt(endsInSeconds)))
  return { ask, token: keepToken(ask) }
}

test('a shopper has no token, and nobody is asked for one', async () => {
  expect(await keepToken(undefined)()).toBeNull()
})

test('several who need a token wait for one answer', async () => {
  const { ask, token } = asked(3_600)

  expect(await Promise.all([token(), token()])).toEqual([await token(), await token()])
  expect(ask).toHaveBeenCalledOnce()
})

test('a token is renewed a minute before it ends, also when the tab slept over it', async () => {
  const { ask, token } = asked(3_600)
  await token()

  vi.advanceTimersByTime(3_530_000)
  await token()
  expect(ask).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(20_000)
  await token()

  expect(ask).toHaveBeenCalledTimes(2)
})

test('with a wrong wall clock a token is asked for twice a minute, not with every heartbeat', async () => {
  const { ask, token } = asked(-3_600)

  for (let seconds = 0; seconds < 60; seconds += 2) {
    await token()
    vi.advanceTimersByTime(2_000)
  }

  expect(ask).toHaveBeenCalledTimes(2)
})

test('a token that could not be read is asked for again', async () => {
  const ask = vi
    .fn<() => Promise<string | null>>()
    .mockRejectedValueOnce(new Error('offline'))
    .mockResolvedValue(jwt(3_600))
  const token = keepToken(ask)

  await expect(token()).rejects.toThrow('offline')

  expect(await token()).toMatch(/^x\./)
})

test('a signed-in page without a token is signed out, and asks again when it is used again', async () => {
  const ask = vi.fn<() => Promise<string | null>>().mockResolvedValueOnce(null).mockResolvedValue(jwt(3_600))
  const token = keepToken(ask)

  await expect(token()).rejects.toBeInstanceOf(SignedOut)

  expect(await token()).toMatch(/^x\./)
})
