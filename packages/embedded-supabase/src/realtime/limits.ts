export type Limits = {
  sockets: number
  joinsPerSecond: number
  channelsPerSocket: number
  /** Every send and every delivery counts. */
  eventsPerSecond: number
  presenceEventsPerSecond: number
  presenceCallsPerChannel: number
  payloadBytes: number
  frameBytes: number
  changeBytes: number
  /** The bytes one socket may leave unread before it is closed. */
  unsentBytes: number
  idleMs: number
  /** After how long a socket without a channel is cut. */
  emptyMs: number
}

/** The server's own limits, with the head-room of a paid plan for sockets, joins and events. */
export const defaultLimits: Limits = {
  sockets: 10_000,
  joinsPerSecond: 2_500,
  channelsPerSocket: 100,
  eventsPerSecond: 10_000,
  presenceEventsPerSecond: 1_000,
  presenceCallsPerChannel: 5,
  payloadBytes: 3_000_500,
  frameBytes: 5_000_000,
  changeBytes: 1_048_576,
  unsentBytes: 16 * 1_048_576,
  idleMs: 60_000,
  emptyMs: 600_000,
}

const tickMs = 5_000
const ticks = 12

/** A rate as the server takes it: the average of up to the last 60 seconds, in ticks of 5. */
export class Rate {
  private readonly what: string
  private readonly perSecond: number
  private readonly counts: number[] = [0]
  private tick = Math.floor(Date.now() / tickMs)
  private wasExceeded = false

  constructor(what: string, perSecond: number) {
    this.what = what
    this.perSecond = perSecond
  }

  count(events = 1): void {
    this.advance()
    this.counts[0] = (this.counts[0] ?? 0) + events
  }

  /** A burst inside a window is allowed as long as the average stays under the limit. */
  isExceeded(): boolean {
    this.advance()
    let sum = 0
    for (const count of this.counts) sum += count
    const isExceeded = sum > this.perSecond * ((ticks * tickMs) / 1000)
    // Clients are told little or nothing of it: whoever runs the server should be.
    if (isExceeded && !this.wasExceeded)
      console.warn(`realtime: more than ${this.perSecond} ${this.what} a second`)
    this.wasExceeded = isExceeded
    return isExceeded
  }

  private advance(): void {
    const now = Math.floor(Date.now() / tickMs)
    if (now - this.tick >= ticks) {
      this.counts.length = 1
      this.counts[0] = 0
      this.tick = now
    }
    for (; this.tick < now; this.tick++) {
      this.counts.unshift(0)
      this.counts.length = Math.min(this.counts.length, ticks)
    }
  }
}
