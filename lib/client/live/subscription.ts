'use client'

import {
  compareEvery,
  type Feed,
  type FeedEvent,
  isSeeking,
  mayHaveMissed,
  next,
  timing,
  unwatched,
} from '@/lib/domain/live/feed'
import { connecting, type Freshness, freshnessOf, sameFreshness } from '@/lib/domain/live/freshness'
import type { LiveSource } from '@/lib/domain/live/query'
import { filters, UnexpectedRows } from '@/lib/domain/live/rest'
import { now } from './clock'
import type { Link } from './link'
import type { Hear, Joined, Topic } from './socket'

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

/** The oldest of so many comparisons is given up for the next: browsers open six connections to one place. */
const mostUnderWay = 5

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
  let comparing: ReturnType<typeof setTimeout> | undefined
  let everyMs: number | null = null
  /** The fetches under way: of the comparisons, oldest first, and of the catching up. */
  const comparisons = new Set<AbortController>()
  let catchingUp = new AbortController()
  let joined: Joined | null = null

  function send(event: FeedEvent, asOf = now()): void {
    const last = feed
    feed = next(feed, event, { now: now(), chance: Math.random(), asOf })
    if (feed === last) return

    clearTimeout(deadline)
    if (feed.deadline !== null) deadline = setTimeout(send, Math.max(0, feed.deadline - now()), 'timeout')
    if (last.name === 'live' && event === 'timeout') link.drop()
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
      void read('caught-up', catchingUp.signal)
    } else if (feed.name !== 'live') {
      joined?.leave()
      joined = feed.name === 'connecting' ? link.join(topicOf(source, values), hear) : null
    }
    keepComparing()
  }

  /** Goes on from state to state, at the pace of each. */
  function keepComparing(): void {
    const paceMs = compareEvery(feed, source.ask !== undefined, now())
    if (paceMs === everyMs) return
    everyMs = paceMs
    clearTimeout(comparing)
    for (const comparison of comparisons) comparison.abort()
    comparisons.clear()
    if (everyMs === null) return
    if (mayHaveMissed(feed)) compare(everyMs)
    else comparing = setTimeout(compare, everyMs, everyMs)
  }

  function compare(paceMs: number): void {
    // A deadline set before the computer slept comes too late by what was left of it.
    if (feed.deadline !== null && now() > feed.deadline) send('timeout')
    if (everyMs !== paceMs) return
    const isUnanswered = comparisons.size > 0 && source.ask === undefined && isSeeking(feed)
    comparing = setTimeout(compare, isUnanswered ? timing.seekMs : paceMs, paceMs)
    const [oldest] = comparisons
    if (oldest && comparisons.size >= mostUnderWay) {
      oldest.abort()
      comparisons.delete(oldest)
    }
    const comparison = new AbortController()
    comparisons.add(comparison)
    void read('compared', comparison.signal).finally(() => comparisons.delete(comparison))
  }

  /** A loss while the browser knows why is no reason to hurry. */
  function lose(): void {
    send(navigator.onLine ? 'lost' : 'offline')
  }

  function hear(...[told, payload]: Parameters<Hear>): void {
    if (told === 'lost') lose()
    else if (told === 'flowing') send('flowing')
    else if (!findings.message(payload)) send('doubt')
  }

  /**
   * One that takes long does not hold up the next; what it brings is taken by version. One that fails while catching
   * up is a loss; any other one just leaves what is shown as old as it is.
   */
  async function read(done: 'caught-up' | 'compared', ended: AbortSignal): Promise<void> {
    const asOf = now()
    const apply = findings.reading()
    let rows: Row[]
    try {
      rows = await link.read(source, values, ended)
    } catch (cause) {
      if (ended.aborted) return
      if (cause instanceof UnexpectedRows) reportError(cause)
      if (done === 'caught-up') lose()
      return
    }
    if (ended.aborted) return
    apply(rows)
    send(done, asOf)
  }

  return { values: new Set(values), freshness: () => freshness, send }
}

function topicOf<Row>(source: LiveSource<Row>, values: readonly string[]): Topic {
  const { table, columns, ask } = source
  return ask ? { room: `${table}:${values.join()}` } : { table, columns, filters: filters(source, values) }
}
