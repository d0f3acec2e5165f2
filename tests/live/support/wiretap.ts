import { vi } from 'vitest'
import { WebSocket } from 'ws'

/** How often the page has sent a message of this name since now. */
export function overheard(event: string): () => number {
  const sent = vi.spyOn(WebSocket.prototype, 'send')
  return () => sent.mock.calls.filter(([frame]) => String(frame).includes(`"${event}"`)).length
}

/**
 * How many timers and intervals that code started since now are still running. Not counted: the ten seconds after
 * which realtime-js stops waiting for a socket to close, which it never cancels; and the minute and more for which
 * Node keeps a connection that is idle.
 */
export function countTimers(): () => number {
  const running = new Set<unknown>()
  const { setTimeout: later, setInterval: often, clearTimeout: never } = globalThis
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((
    work: (...all: unknown[]) => void,
    ms?: number,
    ...all: unknown[]
  ) => {
    const timer = later(() => {
      running.delete(timer)
      work(...all)
    }, ms)
    if (ms !== 10_000 && (ms ?? 0) < 60_000) running.add(timer)
    return timer
  }) as typeof setTimeout)
  vi.spyOn(globalThis, 'setInterval').mockImplementation(((
    work: () => void,
    ms?: number,
    ...all: unknown[]
  ) => {
    const timer = often(work, ms, ...all)
    running.add(timer)
    return timer
  }) as typeof setInterval)
  for (const end of ['clearTimeout', 'clearInterval'] as const) {
    vi.spyOn(globalThis, end).mockImplementation((timer) => {
      running.delete(timer)
      never(timer)
    })
  }
  return () => running.size
}
