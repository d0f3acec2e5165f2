'use client'

import type { LiveSource } from '@/lib/domain/live/query'
import { isNewer } from '@/lib/domain/live/row-rules'
import { now } from './clock'
import { createEmitter } from './emitter'
import type { RenderScheduler } from './render-scheduler'

/** A local change, shown on top of what the server says until the server says it too. */
export interface OptimisticUpdate<Row> {
  /** The row as it will be. */
  apply(row: Row): Row
  /** Whether the step between two states of the row looks like this change: it may arrive before its answer does. */
  isIn?(before: Row, after: Row): boolean
}

export interface RowStore<Row> {
  /** Takes what a server render brought along. */
  start(first: readonly Row[]): void
  /** The view of some values; `first` fills in for rows not known here. */
  shown(values: readonly string[], first: readonly Row[]): Row[]
  /** Calls back with the value of which something else is shown, if it is one of those. */
  on(values: () => readonly string[], listener: (value: string) => void): () => void
  /** Takes a message of a channel. Answers false when it cannot be applied: then a fetch has to emit. */
  message(payload: unknown): boolean
  /** Takes all rows of some values as they were at a time of the live clock, or later; others of them are gone. */
  compared(values: ReadonlySet<string>, rows: readonly Row[], asOf: number): void
  take(rows: readonly Row[]): void
  /** Shows an update at once; the returned function ends it, in one paint with the rows of the server's answer. */
  applyOptimistic(id: string, update: OptimisticUpdate<Row>): (answer: readonly Row[]) => void
  /** Looks up again which values the rows shown belong to. */
  sort(): void
}

/** The content of a change from Realtime, once its shape is checked. */
interface Message {
  readonly table?: unknown
  readonly eventType?: unknown
  readonly new?: unknown
  readonly commit_timestamp?: string
}

let stores = 0

/**
 * The rows of one source that this page knows. `known` has the rows of the server, by version; `shown` has them with the
 * updates in flight on top, as of the scheduler's last beat.
 *
 * @param groupOf the value a row belongs to; null for none, which is not shown.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the functions share the rows of one source.
export function createRowStore<Row>(
  source: LiveSource<Row>,
  scheduler: RenderScheduler,
  groupOf: (row: Row) => string | null = (row) => String(row[source.by]),
): RowStore<Row> {
  /** A row may be in two stores, of a query and of a list: each shows its own. */
  const store = ++stores
  /** Null for one that a fetch did not find any more; a render from before may still bring it. */
  const known = new Map<string, Row | null>()
  /** When each of these arrived, on the live clock. */
  const learnedAt = new Map<string, number>()
  const shown = new Map<string, Map<string, Row>>()
  /** The value under which a row is shown. */
  const places = new Map<string, string>()
  /** Those in flight, oldest first, with the row that each is on. */
  const updates = new Map<OptimisticUpdate<Row>, string>()
  const { on, emit } = createEmitter<string>()

  const updatesOn = (id: string) => [...updates.keys()].filter((update) => updates.get(update) === id)

  function show(id: string): void {
    const row = known.get(id) ?? null
    const value = row && groupOf(row)
    if (value !== places.get(id)) hide(id)
    if (row === null || value === null) return
    const group = shown.get(value) ?? new Map<string, Row>()
    shown.set(value, group)
    group.set(
      id,
      updatesOn(id).reduce<Row>((seen, update) => update.apply(seen), row),
    )
    places.set(id, value)
    emit(value)
  }

  function hide(id: string): void {
    const value = places.get(id)
    if (value === undefined) return
    shown.get(value)?.delete(id)
    places.delete(id)
    emit(value)
  }

  /** Whether a row is newer than what is known, which it is from then on. */
  function learn(row: Row): boolean {
    const isLatest = isNewer(source, known.get(source.id(row)), row)
    if (isLatest) {
      known.set(source.id(row), row)
      learnedAt.set(source.id(row), now())
    }
    return isLatest
  }

  function showNow(rows: readonly Row[]): void {
    for (const row of rows) if (learn(row)) show(source.id(row))
  }

  function take(rows: readonly Row[], commit?: string | null): void {
    const changes = new Map<string, () => void>()
    for (const row of rows) {
      const id = source.id(row)
      const last = known.get(id)
      if (!learn(row)) continue
      const arrived = last && updatesOn(id).find((update) => update.isIn?.(last, row))
      if (arrived) updates.delete(arrived)
      changes.set(`${store}:${id}`, () => show(id))
    }
    scheduler.paint(changes, commit)
  }

  return {
    start: (first) => showNow(first.filter((row) => known.get(source.id(row)) !== null)),

    shown(values, first) {
      const found = new Map(values.flatMap((value) => [...(shown.get(value) ?? [])]))
      for (const row of first) {
        const id = source.id(row)
        const last = known.get(id)
        if (last !== null && isNewer(source, last, row)) found.set(id, row)
      }
      return [...found.values()]
    },

    on: (values, listener) => on((value) => values().includes(value) && listener(value)),

    message(payload) {
      const { table, eventType, new: candidate, commit_timestamp: commit = null } = Object(payload) as Message
      if (table !== source.table || eventType === 'DELETE') return false
      const row = source.parse(candidate)
      if (row !== null) take([row], commit)
      return row !== null
    },

    compared(values, rows, asOf) {
      take(rows)
      if (source.newest) return
      const read = new Set(rows.map(source.id))
      for (const [id, row] of known) {
        if (!row || read.has(id) || !values.has(groupOf(row) ?? '')) continue
        // It may have arrived after that time.
        if ((learnedAt.get(id) ?? 0) >= asOf) continue
        known.set(id, null)
        hide(id)
      }
    },

    take,

    applyOptimistic(id, update) {
      updates.set(update, id)
      show(id)
      return (answer) => {
        updates.delete(update)
        showNow(answer)
        show(id)
      }
    },

    sort() {
      for (const id of [...places.keys()]) show(id)
    },
  }
}
