'use client'

import { type Feed, type FeedEvent, next, rereadEvery, unwatched } from '@/lib/domain/live/feed'
import { connecting, type Freshness, freshnessOf, sameFreshness } from '@/lib/domain/live/freshness'
import type { LiveSource } from '@/lib/domain/live/query'
import { filters, UnexpectedRows } from '@/lib/domain/live/rest'
import { now } from './clock'
import type { Link } from './link'

/** What a subscription finds out. */
export interface Findings<Row> {
  /** A message of the channel. Answers false when it cannot be applied, which leaves doubt. */
  message(payload: unknown): boolean
  /** A fetch of everything begins; called with its rows when it is done. */
  reading(): (rows: Row[]) => void
  /** Its freshness is another. */
  changed(): void
}

export interface Subscription {
  readonly values: ReadonlySet<string>
  freshness(): Freshness
  send(event: FeedEvent): void
}

/** Acts out the state machine of lib/domain/live/feed.ts for fixed values: one channel at a time, one timer a kind. */
export function createSubscription<Row>(
  source: LiveSource<Row>,
  values: readonly string[],
  link: Link,
  findings: Findings<Row>,
): Subscription {
  let feed: Feed = unwatched
  let freshness: Freshness = connecting
  let deadline: ReturnType<typeof setTimeout> | undefined
  let rereading: { everyMs: number | null; timer?: ReturnType<typeof setInterval> } = { everyMs: null }
  let reading: AbortController | null = null
  let leave: (() => void) | null = null

  function send(event: FeedEvent): void {
    const last = feed
    feed = next(feed, event, { now: now(), chance: Math.random() })
    if (feed === last) return

    clearTimeout(deadline)
    if (feed.deadline !== null) deadline = setTimeout(send, Math.max(0, feed.deadline - now()), 'timeout')
    if (last.name === 'live' && event === 'timeout') void link.socket().then((socket) => socket.drop())
    if (feed.name !== last.name || feed.name === 'catching-up') enter()

    const found = freshnessOf(feed)
    if (sameFreshness(found, freshness)) return
    freshness = found
    findings.changed()
  }

  function enter(): void {
    if (feed.name === 'catching-up') read('caught-up')
    else if (feed.name !== 'live') {
      leave?.()
      leave = null
      if (feed.name === 'connecting') join()
      if (feed.name === 'paused' || feed.name === 'offline') reading?.abort()
    }
    reread(rereadEvery(feed))
  }

  /** Polling goes on across the tries to connect; it begins with a read. */
  function reread(everyMs: number | null): void {
    if (everyMs === rereading.everyMs) return
    clearInterval(rereading.timer)
    rereading = { everyMs }
    if (everyMs === null) return
    const done = feed.name === 'live' ? null : 'polled'
    rereading.timer = setInterval(read, everyMs, done)
    if (done) read(done)
  }

  /** A loss while the browser knows why is no reason to hurry. */
  function lose(): void {
    send(navigator.onLine ? 'lost' : 'offline')
  }

  function join(): void {
    let left = false
    leave = () => {
      left = true
    }
    const hearing = {
      flowing: () => left || send('flowing'),
      beat: () => left || send('beat'),
      lost: () => left || lose(),
      heard: (payload: unknown) => left || findings.message(payload) || send('doubt'),
    }
    link.socket().then(
      (socket) => {
        if (left) return
        const { table, columns } = source
        const topic = source.ask
          ? { room: `${table}:${values.join()}` }
          : { table, columns, filters: filters(source, values) }
        const joined = socket.join(topic, hearing)
        leave = () => {
          left = true
          joined.leave()
        }
      },
      () => left || lose(),
    )
  }

  /** A read that fails while catching up is a loss; any other one just leaves what is shown as old as it is. */
  function read(done: 'caught-up' | 'polled' | null): void {
    reading?.abort()
    const mine = new AbortController()
    reading = mine
    const apply = findings.reading()
    link.read(source, values, mine.signal).then(
      (rows) => {
        if (mine.signal.aborted) return
        apply(rows)
        if (done) send(done)
      },
      (cause: unknown) => {
        if (mine.signal.aborted) return
        if (cause instanceof UnexpectedRows) reportError(cause)
        if (done === 'caught-up') lose()
      },
    )
  }

  return { values: new Set(values), freshness: () => freshness, send }
}
