'use client'

import { connecting, sameFreshness } from '@/lib/domain/live/freshness'
import { divided, grown, isWithin, type Pages, unread } from '@/lib/domain/live/pages'
import type { LiveList } from '@/lib/domain/live/query'
import { arranged, keyOf, unchanged } from '@/lib/domain/live/rows'
import { whole } from '@/lib/domain/live/stretch'
import type { Part, Registry, Surroundings } from './registry'
import { createTable, type Live } from './table'

/** What follows the rows that are loaded: more, more on its way, more that could not be read, or nothing. */
export type Tail = 'more' | 'loading' | 'failed' | 'end'

export interface LiveRows<Row> extends Live<Row> {
  readonly tail: Tail
}

/** One component's look at a list. */
export interface ListView<Row> {
  subscribe(listener: () => void): () => void
  current(): LiveRows<Row>
  first(): LiveRows<Row>
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
  let tail: Tail = pages.rest === null ? 'end' : 'more'
  const listeners = new Set<() => void>()
  const belongsTo = (row: Row) => (list.only?.has(row) === false ? null : pageOf(keyOf(source, row)))
  const table = registry.part(source, (surroundings) => createTable(source, surroundings, belongsTo))
  listenTo(pages)

  function tell(): void {
    for (const listener of [...listeners]) listener()
  }

  function set(next: Pages): void {
    const last = pages
    pages = next
    listenTo({ ...next, loaded: next.loaded.filter((page) => !last.loaded.includes(page)) })
    table.rows.sort()
  }

  function listenTo({ loaded }: Pages): void {
    for (const page of loaded) table.rows.listen([page], () => changed(page))
  }

  function changed(page: string): void {
    const next = divided(pages, list, page, keysOf(arranged(source, table.rows.shown([page], []))))
    if (next !== pages) set(next)
    tell()
  }

  async function more(): Promise<void> {
    if (pages.rest === null || tail === 'loading') return
    tail = 'loading'
    tell()
    try {
      const rows = await link.read(source, [pages.rest], null, list.pageSize)
      set(grown(pages, list, keysOf(rows)))
      table.rows.take(rows)
      tail = pages.rest === null ? 'end' : 'more'
    } catch (cause) {
      tail = 'failed'
      throw new Error(`${source.table}: the next page could not be read.`, { cause })
    } finally {
      tell()
    }
  }

  function view(rendered: readonly Row[]): ListView<Row> {
    const atFirst: LiveRows<Row> = { rows: arranged(source, rendered), freshness: connecting, tail }
    let last = atFirst
    let inView: readonly string[] = []
    return {
      subscribe(listener) {
        table.rows.start(rendered)
        const unlisten = table.listen(listener)
        listeners.add(listener)
        return () => {
          listeners.delete(listener)
          unlisten()
        }
      },
      current() {
        const rows = unchanged(last.rows, arranged(source, table.rows.shown(pages.loaded, rendered)))
        const freshness = inView.length === 0 ? connecting : table.freshnessOf(inView)
        const isSame = rows === last.rows && tail === last.tail && sameFreshness(freshness, last.freshness)
        if (!isSame) last = { rows, freshness, tail }
        return last
      },
      first: () => atFirst,
      look(rows) {
        inView = pagesIn(rows)
        return table.follow(inView)
      },
    }
  }

  function pagesIn(rows: readonly Row[]): readonly string[] {
    // Where there is nothing to see, there may be soon.
    const [head = whole] = pages.loaded
    return rows.length === 0 ? [head] : [...new Set(keysOf(rows).map(pageOf))].filter((page) => page !== null)
  }

  // Its table is a part of the page as well, and speaks for both.
  return { view, more, pagesOf: (rows) => pagesIn(rows).join(), freshness: () => null, send: () => undefined }
}

/** A list as far as it is loaded on this page; `first` is its first page if it was not. */
export function listOf<Row>(registry: Registry, list: LiveList<Row>, first: readonly Row[]): List<Row> {
  return registry.part(`list ${list.key}`, (surroundings) => createList(list, first, registry, surroundings))
}
