'use client'

import { createSubscription, type Subscription } from '@/lib/client/live/transport/subscription'
import { byTrust, connecting, type Freshness, live } from '@/lib/domain/live/freshness'
import type { LiveSource } from '@/lib/domain/live/query'
import { arranged, unchanged } from '@/lib/domain/live/rows'
import type { Part, Surroundings } from './registry'
import { createRows, type Rows } from './rows'
import type { Live, View } from './view'

export interface Table<Row> extends Part {
  readonly rows: Rows<Row>
  /** What is seen of some values, which may become others, as sure as those that are followed. */
  view(first: readonly Row[], shown: () => readonly string[], followed?: () => readonly string[]): View<Row>
  /** Wishes for some values, until the returned function is called. */
  follow(values: readonly string[]): () => void
}

/** How long wishes are gathered before a channel is joined for others, or left when there are none. */
const gatherMs = 300

/**
 * All that a page follows of one source. Wishes are counted, so ten components with one query are one channel; a
 * wish that no channel covers yet opens one for all wishes, and the older one ends when that is live. Never more
 * than two channels, and no gap between them.
 */
export function createTable<Row>(
  source: LiveSource<Row>,
  { link, painter, attended, listen, tell }: Surroundings,
  groupOf?: (row: Row) => string | null,
): Table<Row> {
  const rows = createRows(source, painter, groupOf)
  const wishes = new Map<string, number>()
  let subscriptions: readonly Subscription[] = []
  let planning: ReturnType<typeof setTimeout> | undefined

  function wish(values: readonly string[], count: 1 | -1): void {
    for (const value of values) {
      const wished = (wishes.get(value) ?? 0) + count
      if (wished > 0) wishes.set(value, wished)
      else wishes.delete(value)
    }
    // Not put off by further wishes: somebody who scrolls on and on is served meanwhile.
    if (planning === undefined) planning = setTimeout(plan, subscriptions.length === 0 ? 0 : gatherMs)
  }

  function plan(): void {
    planning = undefined
    const wanted = [...wishes.keys()]
    const newest = subscriptions.at(-1)
    if (wanted.length === 0) {
      keep([])
      return
    }
    if (newest?.covers(wanted) && newest.size <= 4 * wanted.length) return
    const opened: Subscription = createSubscription(source, wanted, link, rows, () => {
      if (opened.freshness() === live) keep(subscriptions.slice(subscriptions.indexOf(opened)))
      else tell()
    })
    keep([...subscriptions.filter((subscription) => subscription.freshness() === live).slice(-1), opened])
    if (attended()) opened.send('watch')
  }

  /** Ends all others. */
  function keep(kept: readonly Subscription[]): void {
    const ended = subscriptions.filter((subscription) => !kept.includes(subscription))
    subscriptions = kept
    for (const subscription of ended) subscription.send('pause')
    tell()
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
    wish(values, 1)
    return () => wish(values, -1)
  }

  return {
    rows,
    follow,

    view(first, shown, followed = shown) {
      const rendered: Live<Row> = { rows: arranged(source, first), freshness: connecting }
      let last = rendered
      return {
        first: () => rendered,
        current() {
          const seen = unchanged(last.rows, arranged(source, rows.shown(shown(), first)))
          const freshness = freshnessOf(followed())
          if (seen !== last.rows || freshness !== last.freshness) last = { rows: seen, freshness }
          return last
        },
        subscribe(listener) {
          rows.start(first)
          const ends = [rows.listen(shown, listener), listen(listener)]
          return () => {
            for (const end of ends) end()
          }
        },
      }
    },

    freshness: () => (wishes.size === 0 ? null : freshnessOf([...wishes.keys()])),
    send(event) {
      for (const subscription of subscriptions) subscription.send(event)
    },
  }
}
