import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useCatchUp } from '@/lib/client/hooks/use-catch-up'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A page that shows a document of some version, while its row announces another. */
function page(read: () => Promise<unknown>) {
  const hook = renderHook(
    ({ announced, shown }: { announced: number; shown: number }) => useCatchUp(announced, shown, read),
    { initialProps: { announced: 5, shown: 5 } },
  )
  return {
    becomes: (announced: number, shown: number) => hook.rerender({ announced, shown }),
    pass: (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms)),
  }
}

test('a document that is as new as its row is not read', async () => {
  const read = vi.fn(async () => undefined)
  await page(read).pass(10_000)
  expect(read).not.toHaveBeenCalled()
})

test('a document is read again after a read that failed', async () => {
  const read = vi.fn(() => Promise.reject(new Error('out of reach')))
  const { becomes, pass } = page(read)
  becomes(6, 5)
  await pass(250)
  expect(read).toHaveBeenCalledTimes(1)
  await pass(1_100)
  expect(read).toHaveBeenCalledTimes(2)
})

test('a document is read again when a further change overtook the read', async () => {
  const read = vi.fn(async () => undefined)
  const { becomes, pass } = page(read)
  becomes(6, 5)
  await pass(250)
  // The answer was made before version 7: the page shows 6.
  becomes(7, 6)
  await pass(250)
  expect(read).toHaveBeenCalledTimes(2)
  becomes(7, 7)
  await pass(10_000)
  expect(read).toHaveBeenCalledTimes(2)
})
