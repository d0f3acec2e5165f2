'use client'

import type { LiveSource } from '@/lib/domain/live/query'
import { newer } from '@/lib/domain/live/rows'
import { now } from './clock'

/** A local change, shown on top of what the server says until the server says it too. */
export interface Intent<Row> {
  /** The row as it will be. */
  apply(row: Row): Row
  /** Whether the step between two states of the row looks like this change: it may arrive before its answer does. */
  isIn?(before: Row, after: Row): boolean
}

export interface Rows<Row> {
  /** Takes what a server render brought along. */
  start(first: readonly Row[]): void
  /** What is shown of some values; `first` fills in for rows not known here. */
  shown(values: readonly string[], first: readonly Row[]): Row[]
  listen(values: readonly string[], listener: () => void): () => void
  message(payload: unknown): boolean
  reading(values: ReadonlySet<string>): (rows: readonly Row[]) => void
  take(rows: readonly Row[]): void
  /** Shows an intent at once; the returned function ends it, in one paint with the rows of the server's answer. */
  intend(id: string, intent: Intent<Row>): (answer: readonly Row[]) => void
}

/** At most four paints a second per number: the first change at once, of those that follow the latest. */
const paceMs = 250

/**
 * The rows of one source that this page knows. `known` is what the server said, by version; `shown` is that with
 * the intents in flight on top, at the pace a person can read.
 */
export function createRows<Row>(source: LiveSource<Row>): Rows<Row> {
  const known = new Map<string, Row>()
  /** Rows that a fetch did not find any more; a render from before may still bring them. */
  const gone = new Set<string>()
  const shown = new Map<string, Map<string, Row>>()
  const shownAt = new Map<string, number>()
  const waiting = new Map<string, ReturnType<typeof setTimeout>>()
  const intents = new Map<string, Set<Intent<Row>>>()
  const listeners = new Map<string, Set<() => void>>()
  const groupOf = (row: Row) => String(row[source.by])

  function show(id: string): void {
    clearTimeout(waiting.get(id))
    waiting.delete(id)
    const row = known.get(id)
    if (row === undefined) return
    const value = groupOf(row)
    const group = shown.get(value) ?? new Map<string, Row>()
    const pending = [...(intents.get(id) ?? [])]
    group.set(
      id,
      pending.reduce<Row>((seen, intent) => intent.apply(seen), row),
    )
    shown.set(value, group)
    shownAt.set(id, now())
    tell(value)
  }

  function showPaced(id: string): void {
    if (waiting.has(id)) return
    const wait = (shownAt.get(id) ?? Number.NEGATIVE_INFINITY) + paceMs - now()
    if (wait <= 0) show(id)
    else waiting.set(id, setTimeout(show, wait, id))
  }

  function tell(value: string): void {
    for (const listener of [...(listeners.get(value) ?? [])]) listener()
  }

  function learn(row: Row): boolean {
    const id = source.id(row)
    const last = known.get(id)
    const latest = newer(source, last, row)
    if (latest === last) return false
    known.set(id, latest)
    return true
  }

  function withdraw(id: string, intent: Intent<Row>): void {
    const pending = intents.get(id)
    pending?.delete(intent)
    if (pending?.size === 0) intents.delete(id)
  }

  function remove(id: string, row: Row): void {
    known.delete(id)
    gone.add(id)
    shown.get(groupOf(row))?.delete(id)
    tell(groupOf(row))
  }

  function take(rows: readonly Row[]): void {
    for (const row of rows) {
      const id = source.id(row)
      const last = known.get(id)
      gone.delete(id)
      if (!learn(row)) continue
      const arrived = last && [...(intents.get(id) ?? [])].find((intent) => intent.isIn?.(last, row))
      if (arrived) withdraw(id, arrived)
      showPaced(id)
    }
  }

  return {
    start(first) {
      for (const row of first) if (!gone.has(source.id(row)) && learn(row)) show(source.id(row))
    },

    shown(values, first) {
      const found = new Map(values.flatMap((value) => [...(shown.get(value) ?? [])]))
      for (const row of first) {
        const id = source.id(row)
        if (!gone.has(id)) found.set(id, newer(source, found.get(id), row))
      }
      return [...found.values()]
    },

    listen(values, listener) {
      for (const value of values) {
        const set = listeners.get(value) ?? new Set()
        listeners.set(value, set.add(listener))
      }
      return () => {
        for (const value of values) {
          const set = listeners.get(value)
          set?.delete(listener)
          if (set?.size === 0) listeners.delete(value)
        }
      }
    },

    message(payload) {
      const { table, eventType, new: candidate } = payload as Record<string, unknown>
      if (table !== source.table || eventType === 'DELETE') return false
      const row = source.parse(candidate)
      if (row !== null) take([row])
      return row !== null
    },

    reading(values) {
      const before = new Map([...known].filter(([, row]) => values.has(groupOf(row))))
      return (rows) => {
        take(rows)
        if (source.newest) return
        const read = new Set(rows.map(source.id))
        for (const [id, row] of before) if (!read.has(id) && known.get(id) === row) remove(id, row)
      }
    },

    take,

    intend(id, intent) {
      intents.set(id, (intents.get(id) ?? new Set()).add(intent))
      show(id)
      return (answer) => {
        withdraw(id, intent)
        for (const row of answer) learn(row)
        show(id)
      }
    },
  }
}
