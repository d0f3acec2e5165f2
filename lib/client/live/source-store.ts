'use client'

import { createSubscription, type Subscription } from '@/lib/client/live/transport/subscription'
import { byTrust, connecting, type Freshness, live } from '@/lib/domain/live/freshness'
import type { LiveSource } from '@/lib/domain/live/query'
import { sortRows, unchanged } from '@/lib/domain/live/row-rules'
import type { ClientContext, LiveResource } from './live-client'
import type { LiveRows, RowsView } from './live-rows'
import { createRowStore, type RowStore } from './row-store'

export interface SourceStore<Row> extends LiveResource {
  readonly rows: RowStore<Row>
  /** The rows of some values, with the freshness of those that are followed. The values may change. */
  view(
    first: readonly Row[],
    shown: () => readonly string[],
    followed?: () => readonly string[],
  ): RowsView<Row>
  /** Follows some values until the returned function is called. */
  follow(values: readonly string[]): () => void
}

/** How long changes of the followed values are gathered before a channel is joined or left. */
const gatherMs = 300

/**
 * All that a page follows of one source. References are counted, so ten components with one query are one channel. A value
 * that no channel covers yet opens one for all values, and the older channel ends when that one is live. There are never
 * more than two channels, and there is no gap between them.
 */
export function createSourceStore<Row>(
  source: LiveSource<Row>,
  { transport, scheduler, isVisible, on, emit }: ClientContext,
  groupOf?: (row: Row) => string | null,
): SourceStore<Row> {
  const rows = createRowStore(source, scheduler, groupOf)
  const refCounts = new Map<string, number>()
  let subscriptions: readonly Subscription[] = []
  let planning: ReturnType<typeof setTimeout> | undefined

  function addReferences(values: readonly string[], change: 1 | -1): void {
    for (const value of values) {
      const count = (refCounts.get(value) ?? 0) + change
      if (count > 0) refCounts.set(value, count)
      else refCounts.delete(value)
    }
    // Not put off by further changes: a person who keeps scrolling is served in the meantime.
    if (planning === undefined) planning = setTimeout(plan, subscriptions.length === 0 ? 0 : gatherMs)
  }

  function plan(): void {
    planning = undefined
    const wanted = [...refCounts.keys()]
    const newest = subscriptions.at(-1)
    if (wanted.length === 0) {
      keep([])
      return
    }
    if (newest?.covers(wanted) && newest.size <= 4 * wanted.length && !newest.isOutdated()) return
    const opened: Subscription = createSubscription(source, wanted, transport, rows, () => {
      if (opened.freshness() === live) keep(subscriptions.slice(subscriptions.indexOf(opened)))
      else emit()
      if (opened.isOutdated()) plan()
    })
    keep([...subscriptions.filter((subscription) => subscription.freshness() === live).slice(-1), opened])
    if (isVisible()) opened.send('watch')
  }

  /** Ends all others. */
  function keep(kept: readonly Subscription[]): void {
    const ended = subscriptions.filter((subscription) => !kept.includes(subscription))
    subscriptions = kept
    for (const subscription of ended) subscription.send('pause')
    emit()
  }

  /** Where two channels cover the same, the better one counts; where none does yet, one is about to. */
  function freshnessOf(values: readonly string[]): Freshness {
    const [best = connecting] = subscriptions
      .filter((subscription) => subscription.covers(values))
      .map((subscription) => subscription.freshness())
      .sort(byTrust)
    return best
  }

  function follow(values: readonly string[]): () => void {
    addReferences(values, 1)
    return () => addReferences(values, -1)
  }

  return {
    rows,
    follow,

    view(first, shown, followed = shown) {
      const rendered: LiveRows<Row> = { rows: sortRows(source, first), freshness: connecting }
      let last = rendered
      return {
        first: () => rendered,
        current() {
          const seen = unchanged(last.rows, sortRows(source, rows.shown(shown(), first)))
          const freshness = freshnessOf(followed())
          if (seen !== last.rows || freshness !== last.freshness) last = { rows: seen, freshness }
          return last
        },
        subscribe(listener) {
          rows.start(first)
          const ends = [rows.on(shown, listener), on(listener)]
          return () => {
            for (const end of ends) end()
          }
        },
      }
    },

    freshness: () => (refCounts.size === 0 ? null : freshnessOf([...refCounts.keys()])),
    send(event) {
      for (const subscription of subscriptions) subscription.send(event)
    },
  }
}
