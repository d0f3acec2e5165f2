import { act, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { useReturn } from '@/lib/client/live/hooks/use-return'
import type { Freshness } from '@/lib/domain/live/freshness'

function Button({ freshness }: { freshness: Freshness }) {
  return <button type="button">{useReturn(freshness) ? 'waits' : 'works'}</button>
}

const says = () => screen.getByRole('button').textContent
const show = (isVisible: boolean) => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(isVisible ? 'visible' : 'hidden')
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
}
const restore = () => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
const fromBefore: Freshness = { name: 'stale', confirmedAt: 0 }

test('a returning visitor can press nothing until the shown data is confirmed again', () => {
  const page = render(<Button freshness={fromBefore} />)
  expect(says()).toBe('works')

  // Without a pause: nobody can be quicker than this.
  act(restore)
  expect(says()).toBe('waits')

  page.rerender(<Button freshness={{ name: 'stale', confirmedAt: Number.MAX_SAFE_INTEGER }} />)
  expect(says()).toBe('works')
})

test('a tab that is shown again waits, one that is hidden does not', () => {
  const page = render(<Button freshness={fromBefore} />)

  act(() => show(false))
  expect(says()).toBe('works')
  act(() => show(true))
  expect(says()).toBe('waits')

  page.rerender(<Button freshness={{ name: 'live', confirmedAt: null }} />)
  expect(says()).toBe('works')
})

test('nobody is kept waiting longer than two seconds', () => {
  vi.useFakeTimers()
  render(<Button freshness={fromBefore} />)

  act(restore)
  act(() => vi.advanceTimersByTime(1_900))
  expect(says()).toBe('waits')
  act(() => vi.advanceTimersByTime(200))

  expect(says()).toBe('works')
  vi.useRealTimers()
})

test('a page that is opened does not wait', () => {
  render(<Button freshness={{ name: 'connecting', confirmedAt: null }} />)

  act(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false })))

  expect(says()).toBe('works')
})
