'use client'

import { divided, grown, type Pages, pageOf, rangesOf, restOf, unread } from '@/lib/domain/live/list-pages'
import type { LiveList } from '@/lib/domain/live/query'
import { keyOf, sortRows } from '@/lib/domain/live/row-rules'
import type { ClientContext, LiveResource } from './live-client'
import type { RowsView } from './live-rows'
import { createSourceStore } from './source-store'

/** The listener that follows the loaded rows. */
export type Tail = 'more' | 'end'

/** One component's look at a list. */
export interface ListView<Row> extends RowsView<Row> {
  /** Follows these pages, which are in view, until the returned function is called. */
  followPages(pages: readonly string[]): () => void
}

export interface ListStore<Row> extends LiveResource {
  view(first: readonly Row[]): ListView<Row>
  /** The pages that some rows are on. */
  pagesOf(rows: readonly Row[]): readonly string[]
  tail(): Tail
  /** Reads the next page. */
  more(): Promise<void>
}

/**
 * A list of which some pages are loaded. Its pages are adjacent key ranges, and only the pages in view are followed; a
 * page that comes into view again is fetched again, with every row inserted in the meantime.
 *
 * @param first its first page.
 */
export function createListStore<Row>(
  { source }: LiveList<Row>,
  first: readonly Row[],
  context: ClientContext,
): ListStore<Row> {
  const { pageSize, only } = source.list
  const keysOf = (rows: readonly Row[]) => rows.map((row) => keyOf(source, row))
  let pages: Pages = grown(unread, pageSize, keysOf(first))
  let loaded = rangesOf(pages)
  const placeOf = (row: Row) =>
    only?.has(row) === false ? null : (loaded[pageOf(pages, keyOf(source, row))] ?? null)
  const store = createSourceStore(source, context, placeOf)
  store.rows.on(
    () => loaded,
    (page) => {
      const keys = keysOf(sortRows(source, store.rows.shown([page], [])))
      set(divided(pages, pageSize, loaded.indexOf(page), keys))
    },
  )

  function set(next: Pages): void {
    if (next === pages) return
    pages = next
    loaded = rangesOf(pages)
    store.rows.sort()
  }

  function pagesOf(rows: readonly Row[]): readonly string[] {
    // Where there is nothing to see, there may be soon.
    if (rows.length === 0) return loaded.slice(0, 1)
    return [...new Set(rows.map(placeOf))].filter((page) => page !== null)
  }

  return {
    ...store,

    view(rendered) {
      let inView = pagesOf(rendered)
      return {
        ...store.view(
          rendered,
          () => loaded,
          () => inView,
        ),
        followPages(seen) {
          inView = seen
          return store.follow(seen)
        },
      }
    },

    pagesOf,
    tail: () => (restOf(pages) === null ? 'end' : 'more'),

    async more() {
      const rest = restOf(pages)
      if (rest === null) return
      const [rows] = await context.transport.read(source, [rest], null, pageSize)
      // Unless another call added the page first.
      if (restOf(pages) === rest) set(grown(pages, pageSize, keysOf(rows)))
      store.rows.take(rows)
      context.emit()
    },
  }
}
