'use client'

import { divided, grown, type Pages, pageOf, restOf, stretchesOf, unread } from '@/lib/domain/live/pages'
import type { LiveList } from '@/lib/domain/live/query'
import { arranged, keyOf } from '@/lib/domain/live/rows'
import type { Part, Surroundings } from './registry'
import { createTable } from './table'
import type { View } from './view'

/** What follows the rows that are loaded. */
export type Tail = 'more' | 'end'

/** One component's look at a list. */
export interface ListView<Row> extends View<Row> {
  /** Follows these pages, which are in view, until the returned function is called. */
  look(pages: readonly string[]): () => void
}

export interface List<Row> extends Part {
  view(first: readonly Row[]): ListView<Row>
  /** The pages that some rows are on. */
  pagesOf(rows: readonly Row[]): readonly string[]
  tail(): Tail
  /** Reads the next page. */
  more(): Promise<void>
}

/**
 * A list of which some pages are loaded. Its pages are stretches of its order, side by side, and only those in view
 * are followed; one that is looked at again is fetched again, so what was inserted anywhere meanwhile is there.
 *
 * @param first its first page.
 */
export function createList<Row>(
  { source }: LiveList<Row>,
  first: readonly Row[],
  surroundings: Surroundings,
): List<Row> {
  const { pageSize, only } = source.list
  const keysOf = (rows: readonly Row[]) => rows.map((row) => keyOf(source, row))
  let pages: Pages = grown(unread, pageSize, keysOf(first))
  let loaded = stretchesOf(pages)
  const placeOf = (row: Row) =>
    only?.has(row) === false ? null : (loaded[pageOf(pages, keyOf(source, row))] ?? null)
  const table = createTable(source, surroundings, placeOf)
  table.rows.listen(
    () => loaded,
    (page) => {
      const keys = keysOf(arranged(source, table.rows.shown([page], [])))
      set(divided(pages, pageSize, loaded.indexOf(page), keys))
    },
  )

  function set(next: Pages): void {
    if (next === pages) return
    pages = next
    loaded = stretchesOf(pages)
    table.rows.sort()
  }

  function pagesOf(rows: readonly Row[]): readonly string[] {
    // Where there is nothing to see, there may be soon.
    if (rows.length === 0) return loaded.slice(0, 1)
    return [...new Set(rows.map(placeOf))].filter((page) => page !== null)
  }

  return {
    ...table,

    view(rendered) {
      let inView = pagesOf(rendered)
      return {
        ...table.view(
          rendered,
          () => loaded,
          () => inView,
        ),
        look(seen) {
          inView = seen
          return table.follow(seen)
        },
      }
    },

    pagesOf,
    tail: () => (restOf(pages) === null ? 'end' : 'more'),

    async more() {
      const rest = restOf(pages)
      if (rest === null) return
      const rows = await surroundings.link.read(source, [rest], null, pageSize)
      // Unless somebody else was quicker.
      if (restOf(pages) === rest) set(grown(pages, pageSize, keysOf(rows)))
      table.rows.take(rows)
      surroundings.tell()
    },
  }
}
