import { vi } from 'vitest'
import { WebSocket } from 'ws'

/** How often the page has sent a message of this name since now. */
export function overheard(event: string): () => number {
  const sent = vi.spyOn(WebSocket.prototype, 'send')
  return () => sent.mock.calls.filter(([frame]) => String(frame).includes(`"${event}"`)).length
}

/** The payloads of the messages of a name that the page was sent since now. */
export function heardFrom(): (event: string) => unknown[] {
  const emitted = vi.spyOn(WebSocket.prototype, 'emit')
  return (event) =>
    emitted.mock.calls
      .filter(([kind, , isBinary]) => kind === 'message' && !isBinary)
      .map(([, frame]) => JSON.parse(String(frame)) as unknown[])
      .filter((message) => message[3] === event)
      .map((message) => message[4])
}

/** The most channels the page had at one time since now. */
export function mostChannels(): () => number {
  const sent = vi.spyOn(WebSocket.prototype, 'send')
  return () => {
    let [open, most] = [0, 0]
    for (const [frame] of sent.mock.calls) {
      const [, , , event] = JSON.parse(String(frame)) as string[]
      if (event === 'phx_join') open += 1
      if (event === 'phx_leave') open -= 1
      most = Math.max(most, open)
    }
    return most
  }
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
