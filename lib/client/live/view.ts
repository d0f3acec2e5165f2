'use client'

import type { Freshness } from '@/lib/domain/live/freshness'
import { unchanged } from '@/lib/domain/live/rows'

/** Live rows never come without their certainty. */
export interface Live<Row> {
  readonly rows: readonly Row[]
  readonly freshness: Freshness
}

/** What `useSyncExternalStore` needs of one query in one component. */
export interface View<Seen> {
  subscribe(listener: () => void): () => void
  current(): Seen
  first(): Seen
}

/** What is seen first, and then whatever `look` finds: the same object until something in it is another. */
export function steady<Row, Seen extends Live<Row>>(
  first: Seen,
  look: () => Seen,
): Pick<View<Seen>, 'current' | 'first'> {
  const parts = Object.keys(first) as (keyof Seen)[]
  let last = first
  return {
    first: () => first,
    current() {
      const seen = look()
      const next = { ...seen, rows: unchanged(last.rows, seen.rows) }
      if (parts.some((part) => next[part] !== last[part])) last = next
      return last
    },
  }
}
