import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useAtMostEvery } from '@/lib/client/hooks/use-at-most-every'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a screen reader hears the first change at once, then no more than one in ten seconds, and the last', () => {
  const { result, rerender } = renderHook(({ words }) => useAtMostEvery(10_000, words), {
    initialProps: { words: '' },
  })
  const heard: string[] = []
  for (let second = 0; second < 25; second += 1) {
    rerender({ words: `last confirmed ${second} s ago` })
    act(() => vi.advanceTimersByTime(0))
    if (heard.at(-1) !== result.current) heard.push(result.current)
    act(() => vi.advanceTimersByTime(1_000))
  }
  act(() => vi.advanceTimersByTime(10_000))

  expect(heard).toHaveLength(3)
  expect(heard[0]).toBe('last confirmed 0 s ago')
  expect(result.current).toBe('last confirmed 24 s ago')
})
