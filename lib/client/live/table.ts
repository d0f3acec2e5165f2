'use client'

import { connecting, type Freshness, fresher, live } from '@/lib/domain/live/freshness'
import type { LiveQuery, LiveSource } from '@/lib/domain/live/query'
import { arranged } from '@/lib/domain/live/rows'
import { createListeners } from './listeners'
import type { Part, Surroundings } from './registry'
import { createRows, type Rows } from './rows'
import { createSubscription, type Subscription } from './subscription'
import { type Live, steady, type View } from './view'

export interface Table<Row> extends Part {
  readonly rows: Rows<Row>
  view(query: LiveQuery<Row>, first: readonly Row[]): View<Live<Row>>
  /** Wishes for some values, until the returned function is called. */
  follow(values: readonly string[]): () => void
  /** How fresh some values are. */
  freshnessOf(values: readonly string[]): Freshness
  /** Calls back whenever a freshness may be another. */
  listen(listener: () => void): () => void
}

/** How long, in milliseconds, wishes are gathered before a channel is joined for them, and kept when all are gone. */
const pauses = { first: 0, more: 100, last: 1_000 } as const

/**
 * All that a page follows of one source. Wishes are counted, so ten components with one query are one channel; a
 * wish that no channel covers yet opens one for all wishes, and the older one ends when that is live. Never more
 * than two channels, and no gap between them.
 */
export function createTable<Row>(
  source: LiveSource<Row>,
  { link, painter, attended, changed }: Surroundings,
  groupOf?: (row: Row) => string | null,
): Table<Row> {
  const rows = createRows(source, painter, groupOf)
  const wishes = new Map<string, number>()
  const listeners = createListeners()
  let subscriptions: Subscription[] = []
  let planning: ReturnType<typeof setTimeout> | undefined
  let ending: ReturnType<typeof setTimeout> | undefined

  function wish(values: readonly string[], count: 1 | -1): void {
    for (const value of values) {
      const wished = (wishes.get(value) ?? 0) + count
      if (wished > 0) wishes.set(value, wished)
      else wishes.delete(value)
    }
    clearTimeout(ending)
    if (wishes.size === 0) ending = setTimeout(end, pauses.last, subscriptions)
    // Not put off by further wishes: somebody who scrolls on and on is served meanwhile.
    if (planning === undefined) {
      planning = setTimeout(plan, subscriptions.length === 0 ? pauses.first : pauses.more)
    }
  }

  function plan(): void {
    planning = undefined
    const wanted = [...wishes.keys()]
    const newest = subscriptions.at(-1)
    if (wanted.length === 0) return
    if (newest && covers(newest, wanted) && newest.values.size <= 4 * wanted.length) return
    const kept = subscriptions.findLast((subscription) => subscription.freshness() === live)
    end(subscriptions.filter((subscription) => subscription !== kept))
    const opened: Subscription = createSubscription(source, wanted, link, {
      message: rows.message,
      reading: () => rows.reading(opened.values),
      changed() {
        if (opened.freshness() === live) end(subscriptions.slice(0, subscriptions.indexOf(opened)))
        tell()
      },
    })
    subscriptions.push(opened)
    if (attended()) opened.send('watch')
    tell()
  }

  function tell(): void {
    listeners.tell()
    changed()
  }

  function end(ended: readonly Subscription[]): void {
    subscriptions = subscriptions.filter((subscription) => !ended.includes(subscription))
    for (const subscription of ended) subscription.send('pause')
    tell()
  }

  /** Where two channels cover the same, the better one counts; where none does yet, one is about to. */
  function freshnessOf(values: readonly string[]): Freshness {
    const [first = connecting, ...others] = subscriptions
      .filter((subscription) => covers(subscription, values))
      .map((subscription) => subscription.freshness())
    return others.reduce(fresher, first)
  }

  function follow(values: readonly string[]): () => void {
    wish(values, 1)
    return () => wish(values, -1)
  }

  return {
    rows,
    follow,
    freshnessOf,
    listen: listeners.listen,

    view(query, first) {
      const rendered: Live<Row> = { rows: arranged(source, first), freshness: connecting }
      const look = () => ({
        rows: arranged(source, rows.shown(query.values, first)),
        freshness: freshnessOf(query.values),
      })
      return {
        ...steady(rendered, look),
        subscribe(listener) {
          rows.start(first)
          const ends = [rows.listen(query.values, listener), listeners.listen(listener), follow(query.values)]
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

function covers(subscription: Subscription, values: readonly string[]): boolean {
  return values.every((value) => subscription.values.has(value))
}
