import { vi } from 'vitest'
import { WebSocket } from 'ws'

/** The resources a page has in use; each timer and listener by its origin. */
export interface Belongings {
  readonly timers: readonly string[]
  readonly listeners: readonly string[]
  readonly sockets: number
  readonly channels: number
}

export const nothing: Belongings = { timers: [], listeners: [], sockets: 0, channels: 0 }

/**
 * Counts resources that the page's code acquires from now on and does not release. Not counted: timers of the test, of
 * `ws` and `undici`, which replace the browser's own WebSocket and fetch, and two of realtime-js that it leaves to run
 * out: ten seconds of waiting for a socket to close, and eight for the heartbeat of one that never does.
 */
export function countBelongings(): () => Belongings {
  const [timers, listeners, sockets] = [countTimers(), countListeners(), tapSockets()]
  return () => ({ timers: timers(), listeners: listeners(), ...sockets() })
}

const notThePage = /\/tests\/|node_modules\/(ws|@testing-library)\/|deps\/undici\//

function isLeftToRunOut(ms: number | undefined, from: string): boolean {
  return ms === 10_000 || (ms === 8_000 && from.includes('@supabase/phoenix'))
}

function countTimers(): () => string[] {
  const running = new Map<unknown, string>()
  const { setTimeout: later, setInterval: often, clearTimeout: never } = globalThis

  function note(timer: unknown, ms: number | undefined): void {
    const lines = new Error().stack?.split('\n').slice(1) ?? []
    const from = lines.find((line) => !/vitest|belongings/.test(line))?.trim() ?? ''
    if (notThePage.test(from) || isLeftToRunOut(ms, from)) return
    running.set(timer, `${ms} ms ${from}`)
  }
  type Work = (...all: unknown[]) => void
  const setTimeout = (work: Work, ms?: number, ...all: unknown[]) => {
    const timer = later(() => {
      running.delete(timer)
      work(...all)
    }, ms)
    note(timer, ms)
    return timer
  }
  const setInterval = (work: Work, ms?: number, ...all: unknown[]) => {
    const timer = often(work, ms, ...all)
    note(timer, ms)
    return timer
  }
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(setTimeout as typeof globalThis.setTimeout)
  vi.spyOn(globalThis, 'setInterval').mockImplementation(setInterval as typeof globalThis.setInterval)
  for (const end of ['clearTimeout', 'clearInterval'] as const) {
    vi.spyOn(globalThis, end).mockImplementation((timer) => {
      running.delete(timer)
      never(timer)
    })
  }
  return () => [...running.values()]
}

/** Of the window and the document. React listens to `selectionchange` once for good. */
function countListeners(): () => string[] {
  const held = new Set<{ type: string; listener: unknown; isCapturing: boolean; target: EventTarget }>()
  for (const target of [window, document]) {
    const [add, remove] = [target.addEventListener.bind(target), target.removeEventListener.bind(target)]
    const release = (type: string, listener: unknown, isCapturing: boolean) => {
      for (const one of held) {
        const isMeant = one.target === target && one.type === type && one.listener === listener
        if (isMeant && one.isCapturing === isCapturing) held.delete(one)
      }
    }
    vi.spyOn(target, 'addEventListener').mockImplementation((type, listener, options) => {
      add(type, listener, options)
      if (type === 'selectionchange') return
      const { capture = options === true, signal } = Object(options) as AddEventListenerOptions
      release(type, listener, capture)
      held.add({ type, listener, isCapturing: capture, target })
      signal?.addEventListener('abort', () => release(type, listener, capture))
    })
    vi.spyOn(target, 'removeEventListener').mockImplementation((type, listener, options) => {
      remove(type, listener, options)
      release(type, listener, (Object(options) as EventListenerOptions).capture ?? options === true)
    })
  }
  return () => [...held].map(({ type }) => type)
}

/** Sockets by what the page sends on them: channels joined and not left, on sockets that are not closed. */
function tapSockets(): () => { sockets: number; channels: number } {
  const joined = new Map<WebSocket, Set<string>>()
  const send = WebSocket.prototype.send
  function sendHeard(this: WebSocket, ...sent: Parameters<typeof send>): void {
    const topics = joined.get(this) ?? new Set()
    joined.set(this, topics)
    const [, , topic = '', event] = JSON.parse(String(sent[0])) as string[]
    if (event === 'phx_join') topics.add(topic)
    if (event === 'phx_leave') topics.delete(topic)
    send.apply(this, sent)
  }
  vi.spyOn(WebSocket.prototype, 'send').mockImplementation(sendHeard as typeof send)
  return () => {
    const open = [...joined].filter(([socket]) => socket.readyState <= WebSocket.OPEN)
    return { sockets: open.length, channels: open.reduce((sum, [, topics]) => sum + topics.size, 0) }
  }
}
