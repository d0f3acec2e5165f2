import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { now } from '@/lib/client/live/clock'
import { useFreshness } from '@/lib/client/live/hooks/use-freshness'
import type { Freshness } from '@/lib/domain/live/freshness'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function Age({ freshness }: { freshness: Freshness }) {
  const { isFresh, ageSeconds } = useFreshness(freshness)
  return <p>{isFresh ? 'fresh' : `${ageSeconds} s old`}</p>
}

const reads = (words: string) => expect(screen.getByText(words)).toBeDefined()
const wait = (ms: number) => act(() => vi.advanceTimersByTime(ms))

test('a number that was not confirmed for five seconds is marked as stale in time', () => {
  render(<Age freshness={{ name: 'stale', confirmedAt: now() - 3_000 }} />)
  reads('fresh')

  wait(1_999)

  reads('4 s old')
})

test('a returning visitor sees at once how old the page is', () => {
  render(<Age freshness={{ name: 'stale', confirmedAt: now() }} />)
  reads('fresh')

  vi.setSystemTime(Date.now() + 600_000)
  act(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))

  reads('600 s old')
})

test('live data has no age', () => {
  render(<Age freshness={{ name: 'live', confirmedAt: null }} />)

  wait(60_000)

  reads('fresh')
})
