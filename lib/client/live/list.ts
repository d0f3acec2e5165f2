'use client'

import { connecting } from '@/lib/domain/live/freshness'
import { divided, grown, isWithin, type Pages, unread } from '@/lib/domain/live/pages'
import type { LiveList } from '@/lib/domain/live/query'
import { arranged, keyOf } from '@/lib/domain/live/rows'
import { whole } from '@/lib/domain/live/stretch'
import { createListeners } from './listeners'
import type { Part, Registry, Surroundings } from './registry'
import { createTable } from './table'
import { type Live, steady, type View } from './view'

/** What follows the rows that are loaded: more, more on its way, more that could not be read, or nothing. */
export type Tail = 'more' | 'loading' | 'failed' | 'end'

export interface LiveRows<Row> extends Live<Row> {
  readonly tail: Tail
}

/** One component's look at a list. */
export interface ListView<Row> extends View<LiveRows<Row>> {
  /** Follows the pages these rows are on until the returned function is called. */
  look(rows: readonly Row[]): () => void
}

export interface List<Row> extends Part {
  view(first: readonly Row[]): ListView<Row>
  /** The pages that some rows are on, as one text. */
  pagesOf(rows: readonly Row[]): string
  /** Reads the next page, unless that is being done. */
  more(): Promise<void>
}

/**
 * A list of which some pages are loaded. Its pages are stretches of its order, side by side, and only those in view
 * are followed; one that is looked at again is fetched again, so what was inserted anywhere meanwhile is there.
 */
function createList<Row>(
  { source }: LiveList<Row>,
  first: readonly Row[],
  registry: Registry,
  { link }: Surroundings,
): List<Row> {
  const { list } = source
  const keysOf = (rows: readonly Row[]) => rows.map((row) => keyOf(source, row))
  const pageOf = (key: number) => pages.loaded.find((page) => isWithin(page, key)) ?? null
  let pages: Pages = grown(unread, list, keysOf(first))
  let reading: Exclude<Tail, 'end'> = 'more'
  const tail = (): Tail => (pages.rest === null ? 'end' : reading)
  const listeners = createListeners()
  const belongsTo = (row: Row) => (list.only?.has(row) === false ? null : pageOf(keyOf(source, row)))
  const table = registry.part(source, (surroundings) => createTable(source, surroundings, belongsTo))
  listenTo(pages.loaded)

  function listenTo(added: Pages['loaded']): void {
    for (const page of added) table.rows.listen([page], () => changed(page))
  }

  function changed(page: string): void {
    set(divided(pages, list, page, keysOf(arranged(source, table.rows.shown([page], [])))))
    listeners.tell()
  }

  function set(next: Pages): void {
    if (next === pages) return
    const last = pages
    pages = next
    listenTo(next.loaded.filter((page) => !last.loaded.includes(page)))
    table.rows.sort()
  }

  function read(now: typeof reading): void {
    reading = now
    listeners.tell()
  }

  async function more(): Promise<void> {
    if (pages.rest === null || reading === 'loading') return
    read('loading')
    try {
      const rows = await link.read(source, [pages.rest], null, list.pageSize)
      set(grown(pages, list, keysOf(rows)))
      table.rows.take(rows)
      read('more')
    } catch (cause) {
      read('failed')
      throw cause
    }
  }

  function pagesIn(rows: readonly Row[]): readonly string[] {
    // Where there is nothing to see, there may be soon.
    const [head = whole] = pages.loaded
    return rows.length === 0 ? [head] : [...new Set(keysOf(rows).map(pageOf))].filter((page) => page !== null)
  }

  return {
    view(rendered) {
      let inView: readonly string[] = []
      const atFirst: LiveRows<Row> = {
        rows: arranged(source, rendered),
        freshness: connecting,
        tail: tail(),
      }
      const look = () => ({
        rows: arranged(source, table.rows.shown(pages.loaded, rendered)),
        freshness: inView.length === 0 ? connecting : table.freshnessOf(inView),
        tail: tail(),
      })
      return {
        ...steady(atFirst, look),
        subscribe(listener) {
          table.rows.start(rendered)
          const ends = [table.listen(listener), listeners.listen(listener)]
          return () => {
            for (const end of ends) end()
          }
        },
        look(rows) {
          inView = pagesIn(rows)
          return table.follow(inView)
        },
      }
    },
    more,
    pagesOf: (rows) => pagesIn(rows).join(),
    // Its table is a part of the page as well, and speaks for both.
    freshness: () => null,
    send: () => undefined,
  }
}

/** A list as far as it is loaded on this page; `first` is its first page if it was not. */
export function listOf<Row>(registry: Registry, list: LiveList<Row>, first: readonly Row[]): List<Row> {
  return registry.part(`list ${list.key}`, (surroundings) => createList(list, first, registry, surroundings))
}
