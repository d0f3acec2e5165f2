import { createHmac } from 'node:crypto'
import { type ApiEvent, newId, nowInSeconds, type State } from '#payments/objects'

/**
 * How events are sent. at_once: each once, as it happens. twice: each two times. held: kept until they are delivered one by
 * one, in any order. lost: never sent.
 */
export const deliveries = ['at_once', 'twice', 'held', 'lost'] as const
type Delivery = (typeof deliveries)[number]

/** Kept for `events.list`; older ones are dropped. */
const MOST_EVENTS = 10_000
const sendMs = 10_000
/** A receiver that does not answer with success gets the event again, after so many milliseconds. */
const retryAfterMs = [500, 2_000, 5_000]

/** The signature header of a payload, as in Stripe's scheme: t=…,v1=HMAC-SHA256("t.payload"). */
export function signatureOf(payload: string, secret: string, at = nowInSeconds()): string {
  const signed = createHmac('sha256', secret).update(`${at}.${payload}`).digest('hex')
  return `t=${at},v1=${signed}`
}

/** The events of an account, and their delivery to the shop's webhook. */
export class Webhooks {
  mode: Delivery = 'at_once'
  #target: string | null = null
  #lateMs = 0
  readonly #held: ApiEvent[] = []
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #sending = new Set<Promise<unknown>>()
  readonly #state: State
  readonly #secret: string

  constructor(state: State, secret: string) {
    this.#state = state
    this.#secret = secret
  }

  /** The address that events are sent to; null for none. */
  sendTo(address: string | null): void {
    this.#target = address
  }

  /** Sends each event so many milliseconds after it happened. */
  delay(ms: number): void {
    this.#lateMs = ms
  }

  /** Records that something happened, with the object as it is now, and sends it as the mode says. */
  emit(type: string, object: object, idempotencyKey: string | null): void {
    const event: ApiEvent = {
      id: newId('evt'),
      object: 'event',
      api_version: '2026-01-28',
      created: nowInSeconds(),
      data: { object: structuredClone(object) },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: idempotencyKey },
      type,
    }
    const { events } = this.#state
    events.set(event.id, event)
    const [oldest] = events.keys()
    if (events.size > MOST_EVENTS && oldest) events.delete(oldest)
    if (this.mode === 'lost') return
    if (this.mode === 'held') this.#held.push(event)
    else this.#later(event, this.mode === 'twice' ? 2 : 1)
  }

  /** The events that were held and not delivered, oldest first. */
  held(): readonly ApiEvent[] {
    return this.#held
  }

  /** Forgets the held events: they are lost. */
  drop(): void {
    this.#held.length = 0
  }

  /** Delivers one held event, or any event again. Resolves with the status of the answer; 0 when there was none. */
  async deliver(eventId: string): Promise<number> {
    const at = this.#held.findIndex(({ id }) => id === eventId)
    if (at >= 0) this.#held.splice(at, 1)
    const event = this.#state.events.get(eventId)
    return event ? this.#send(event) : 0
  }

  /** Ends when nothing is being sent, and sends no more. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    this.#target = null
    await Promise.allSettled(this.#sending)
  }

  #later(event: ApiEvent, times: number, attempt = 0): void {
    const timer = setTimeout(
      async () => {
        this.#timers.delete(timer)
        for (let sent = 0; sent < times; sent += 1) {
          const status = await this.#send(event)
          const isTaken = status >= 200 && status < 300
          if (!isTaken && this.#target && attempt < retryAfterMs.length) this.#later(event, 1, attempt + 1)
        }
      },
      attempt === 0 ? this.#lateMs : retryAfterMs[attempt - 1],
    )
    timer.unref()
    this.#timers.add(timer)
  }

  async #send(event: ApiEvent): Promise<number> {
    if (!this.#target) return 0
    const payload = JSON.stringify(event, null, 2)
    const sending = fetch(this.#target, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': signatureOf(payload, this.#secret),
      },
      body: payload,
      signal: AbortSignal.timeout(sendMs),
    }).then(
      async (response) => {
        await response.arrayBuffer()
        return response.status
      },
      () => 0,
    )
    this.#sending.add(sending)
    const status = await sending
    this.#sending.delete(sending)
    return status
  }
}
