'use client'

import { now } from '@/lib/client/live/clock'
import type { RowStore } from '@/lib/client/live/row-store'
import { compareIn, comparesAtOnce, type Feed, type FeedEvent, next, unwatched } from '@/lib/domain/live/feed'
import { byTrust, connecting, type Freshness, freshnessOf } from '@/lib/domain/live/freshness'
import type { LiveSource } from '@/lib/domain/live/query'
import { filters, UnexpectedRows } from '@/lib/domain/live/rest'
import { SignedOut } from '@/lib/domain/live/signed-out'
import type { ChannelListener, JoinedChannel, Topic } from './socket'
import type { Transport } from './transport'

export interface Subscription {
  /** How many values it follows, */
  readonly size: number
  /** and whether those are among them. */
  covers(values: readonly string[]): boolean
  freshness(): Freshness
  /** Whether the shop has changed how its rows are followed: another subscription is due. */
  isOutdated(): boolean
  send(event: FeedEvent): void
}

/** The oldest of so many comparisons is given up for the next: browsers open six connections to one place. */
const mostUnderWay = 5

/** More rows than that are followed by Postgres Changes: Realtime allows a socket, which all tabs share, 100 channels. */
const mostChannels = 24

/**
 * Acts out the state machine of lib/domain/live/feed.ts for fixed values: one channel at a time, one timer a kind.
 *
 * @param rows receive every fetched or streamed row.
 * @param changed is called when the freshness has changed, and after a comparison of one that is outdated.
 */
export function createSubscription<Row>(
  source: LiveSource<Row>,
  values: readonly string[],
  transport: Transport,
  rows: RowStore<Row>,
  changed: () => void,
): Subscription {
  const covered: ReadonlySet<string> = new Set(values)
  const topic = topicOf(source, values, transport)
  const isOutdated = () => 'filters' in topic === 'channels' in topicOf(source, values, transport)
  let feed: Feed = unwatched
  let freshness: Freshness = connecting
  let [deadline, comparing]: ReturnType<typeof setTimeout>[] = []
  /** Those under way, oldest first. */
  const comparisons = new Set<AbortController>()
  let joined: JoinedChannel | null = null

  function send(event: FeedEvent, asOf = now()): void {
    const last = feed
    feed = next(feed, event, { now: now(), chance: Math.random(), asOf })
    if (feed === last) return

    clearTimeout(deadline)
    if (feed.deadline !== null) deadline = setTimeout(send, Math.max(0, feed.deadline - now()), 'timeout')
    if (last.name === 'live' && event === 'timeout') transport.drop()
    if (feed.name !== last.name || event === 'flowing') enter()

    const found = freshnessOf(feed)
    if (byTrust(found, freshness) === 0) return
    freshness = found
    changed()
  }

  function enter(): void {
    if (feed.name !== 'catching-up' && feed.name !== 'live') {
      joined?.leave()
      joined = feed.name === 'connecting' ? transport.join(topic, onChannelEvent) : null
    }
    if (comparesAtOnce(feed)) compare()
    else wait()
  }

  function wait(): void {
    clearTimeout(comparing)
    const ms = compareIn(feed, source.fetchRows !== undefined, comparisons.size > 0, now())
    if (ms === null) for (const comparison of comparisons) end(comparison)
    else comparing = setTimeout(compare, ms)
  }

  function end(comparison: AbortController): void {
    comparison.abort()
    comparisons.delete(comparison)
  }

  /** Fetches the rows that are shown. A slow fetch does not delay the next; its rows are taken by version. */
  function compare(): void {
    // A deadline set before the computer slept comes too late by what was left of it.
    if (feed.deadline !== null && now() > feed.deadline) send('timeout')
    wait()
    const [oldest] = comparisons
    if (oldest && comparisons.size >= mostUnderWay) end(oldest)
    const comparison = new AbortController()
    const begun = now()
    comparisons.add(comparison)
    transport
      .read(source, values, comparison.signal)
      .then(
        ([found, ageMs]) => {
          const asOf = begun - ageMs
          // Older than the last one, or of unknown age: it proves nothing.
          if (comparison.signal.aborted || !(asOf >= (feed.confirmedAt ?? asOf))) return
          rows.compared(covered, found, asOf)
          send('compared', asOf)
          if (isOutdated()) changed()
        },
        // Any other failure just leaves what is shown as old as it is.
        (cause) => {
          if (cause instanceof UnexpectedRows) reportError(cause)
          if (cause instanceof SignedOut && !comparison.signal.aborted) send('refused')
        },
      )
      .finally(() => comparisons.delete(comparison))
  }

  function onChannelEvent(...[event, payload]: Parameters<ChannelListener>): void {
    // A loss while the browser knows why is no reason to hurry.
    if (event === 'lost') send(navigator.onLine ? 'lost' : 'offline')
    else if (event === 'flowing' || !rows.message(payload)) send('flowing')
  }

  return {
    size: covered.size,
    covers: (some) => some.every((value) => covered.has(value)),
    freshness: () => freshness,
    isOutdated,
    send,
  }
}

/** How changes of these rows are followed now. */
function topicOf<Row>(source: LiveSource<Row>, values: readonly string[], transport: Transport): Topic {
  const { table, columns, by, fetchRows, broadcastBy } = source
  return fetchRows || (transport.isBroadcast && by === broadcastBy && values.length <= mostChannels)
    ? { channels: values.map((value) => `${table}:${value}`) }
    : { table, columns, filters: filters(source, values) }
}
