import { vi } from 'vitest'

/** Browser events that happen to a page, simulated on the one of jsdom. */
export interface Browser {
  show(isVisible: boolean): void
  network(isThere: boolean): void
  /** No code of the page runs; for the page so much more time passes than for the test. */
  freeze(ms: number, passesMs: number, clocks?: 'both' | 'wall'): void
  /** Into the back/forward cache, and back out of it. */
  cache(): void
  restore(): void
  /** Sets the computer's clock wrong by that much; 0 sets it right. */
  setWallClockWrong(byMs: number): void
  /** Leaves the page one fifth of the processor, until the returned function is called. */
  slow(): () => void
  slept(): number
}

export function theBrowser(): Browser {
  const [monotonic, wall] = [performance.now.bind(performance), Date.now]
  let [slept, onMonotonic, wrongBy] = [0, 0, 0]
  let isVisible = true
  vi.spyOn(performance, 'now').mockImplementation(() => monotonic() + onMonotonic)
  vi.spyOn(Date, 'now').mockImplementation(() => wall() + slept + wrongBy)
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => (isVisible ? 'visible' : 'hidden'))
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => !isVisible)
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(true)

  function show(visible: boolean): void {
    isVisible = visible
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  }

  return {
    show,
    network(isThere) {
      online.mockReturnValue(isThere)
      window.dispatchEvent(new Event(isThere ? 'online' : 'offline'))
    },
    freeze(ms, passesMs, clocks = 'both') {
      block(ms)
      slept += passesMs - ms
      if (clocks === 'both') onMonotonic += passesMs - ms
    },
    cache() {
      window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
      show(false)
    },
    restore() {
      show(true)
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    },
    setWallClockWrong(byMs) {
      wrongBy = byMs
    },
    slow() {
      const work = () => {
        block(200)
        working = setTimeout(work, 50)
      }
      let working = setTimeout(work, 50)
      return () => clearTimeout(working)
    },
    slept: () => slept,
  }
}

/** This thread is blocked in the meantime. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
