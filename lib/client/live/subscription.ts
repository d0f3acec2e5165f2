'use client'

import {
  compareEvery,
  type Feed,
  type FeedEvent,
  mayHaveMissed,
  next,
  unwatched,
} from '@/lib/domain/live/feed'
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

/** Fetches that hang with a dead connection are given up when so many are under way. */
const mostUnderWay = 3

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
  let comparing: { everyMs: number | null; timer?: ReturnType<typeof setInterval> } = { everyMs: null }
  /** Ends the fetches under way: of the comparisons, and of the catching up. */
  let comparisons = new AbortController()
  let catchingUp = new AbortController()
  let underWay = 0
  let leave: (() => void) | null = null

  function send(event: FeedEvent, asOf = now()): void {
    const last = feed
    feed = next(feed, event, { now: now(), chance: Math.random(), asOf })
    if (feed === last) return

    clearTimeout(deadline)
    if (feed.deadline !== null) deadline = setTimeout(send, Math.max(0, feed.deadline - now()), 'timeout')
    if (last.name === 'live' && event === 'timeout') void link.socket().then((socket) => socket.drop())
    if (feed.name !== last.name || (feed.name === 'catching-up' && event !== 'compared')) enter()

    const found = freshnessOf(feed)
    if (sameFreshness(found, freshness)) return
    freshness = found
    findings.changed()
  }

  function enter(): void {
    catchingUp.abort()
    if (feed.name === 'catching-up') {
      catchingUp = new AbortController()
      read('caught-up', catchingUp.signal)
    } else if (feed.name !== 'live') {
      leave?.()
      leave = null
      if (feed.name === 'connecting') join()
    }
    compare(compareEvery(feed, source.ask !== undefined))
  }

  /** Goes on from state to state. */
  function compare(everyMs: number | null): void {
    if (everyMs === comparing.everyMs) return
    clearInterval(comparing.timer)
    comparisons.abort()
    comparing = { everyMs }
    if (everyMs === null) return
    const begin = () => {
      // A deadline set before the computer slept comes too late by what was left of it.
      if (feed.deadline !== null && now() > feed.deadline) send('timeout')
      if (comparing.everyMs !== everyMs) return
      if (underWay >= mostUnderWay) comparisons.abort()
      if (comparisons.signal.aborted) comparisons = new AbortController()
      read('compared', comparisons.signal)
    }
    comparing.timer = setInterval(begin, everyMs)
    if (mayHaveMissed(feed)) begin()
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

  /**
   * One that takes long does not hold up the next; what it brings is taken by version. One that fails while catching
   * up is a loss; any other one just leaves what is shown as old as it is.
   */
  function read(done: 'caught-up' | 'compared', ended: AbortSignal): void {
    const asOf = now()
    const apply = findings.reading()
    underWay += 1
    link
      .read(source, values, ended)
      .finally(() => {
        underWay -= 1
      })
      .then(
        (rows) => {
          if (ended.aborted) return
          apply(rows)
          send(done, asOf)
        },
        (cause: unknown) => {
          if (ended.aborted) return
          if (cause instanceof UnexpectedRows) reportError(cause)
          if (done === 'caught-up') lose()
        },
      )
  }

  return { values: new Set(values), freshness: () => freshness, send }
}
