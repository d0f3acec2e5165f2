import { isObject } from '#realtime/protocol/wire'

const windowMs = 30_000

/** How often one channel may call presence: so many times in 30 seconds, whatever the calls do. */
export class PresenceCalls {
  private readonly most: number
  private readonly times: number[] = []

  constructor(most: number) {
    this.most = most
  }

  /** Counts a call; false if it is one too many. */
  take(): boolean {
    const now = Date.now()
    while (this.times.length > 0 && now - (this.times[0] ?? 0) >= windowMs) this.times.shift()
    this.times.push(now)
    return this.times.length <= this.most
  }
}

export type TrackRequest =
  | { event: 'track'; payload: Record<string, unknown>; bytes: number }
  | { event: 'untrack' }
  | { event: 'invalid'; response: Record<string, string> }

/** Reads `{event: "track", payload: {...}}`; an answer for the client if it is none. */
export function trackRequest(message: unknown): TrackRequest {
  const { event, payload = {} } = isObject(message) ? message : {}
  const name = typeof event === 'string' ? event.toLowerCase() : ''
  if (name === 'untrack') return { event: 'untrack' }
  if (name !== 'track') return { event: 'invalid', response: {} }
  if (!isObject(payload))
    return { event: 'invalid', response: { reason: 'Presence track payload must be a map' } }
  return { event: 'track', payload, bytes: Buffer.byteLength(JSON.stringify(payload)) }
}
