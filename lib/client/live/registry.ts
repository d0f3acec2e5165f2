'use client'

import { type Freshness, lessFresh, sameFreshness } from '@/lib/domain/live/freshness'
import type { LiveQuery, LiveSource } from '@/lib/domain/live/query'
import type { PublicSettings } from '@/lib/domain/settings'
import { createLink } from './link'
import { watchPage } from './page'
import { createTable, type Table, type View } from './table'
import type { AccessToken } from './token'

/** Everything a page follows, outside React: components come and go, mount twice or all at once; this stays. */
export interface Registry {
  table<Row>(source: LiveSource<Row>): Table<Row>
  view<Row>(query: LiveQuery<Row>, first: readonly Row[]): View<Row>
  /** The certainty of the page as a whole; null when it follows nothing. */
  connection(): Freshness | null
  /** Calls back whenever `connection` may be another. */
  listen(listener: () => void): () => void
  /** Starts to follow the page's visibility and network; the returned function stops everything. */
  attend(): () => void
}

export function createRegistry(settings: PublicSettings, accessToken?: AccessToken): Registry {
  const link = createLink(settings, accessToken)
  const tables = new Map<unknown, Pick<Table<unknown>, 'freshness' | 'send'>>()
  const listeners = new Set<() => void>()
  let attention = { visible: false, online: true }
  let connection: Freshness | null = null

  function table<Row>(source: LiveSource<Row>): Table<Row> {
    const known = tables.get(source)
    // The map cannot say that a source's table has that source's rows; this is the one place that puts them there.
    if (known) return known as Table<Row>
    const made = createTable(source, link, {
      attended: () => attention.visible,
      changed() {
        for (const listener of [...listeners]) listener()
      },
    })
    tables.set(source, made)
    return made
  }

  return {
    table,
    view: (query, first) => table(query.source).view(query, first),

    connection() {
      const all = [...tables.values()].map((each) => each.freshness()).filter((each) => each !== null)
      const found = all.length === 0 ? null : all.reduce(lessFresh)
      if (!found || !connection || !sameFreshness(found, connection)) connection = found
      return connection
    },

    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    attend() {
      const send = (event: 'watch' | 'pause' | 'online' | 'offline') => {
        for (const each of tables.values()) each.send(event)
      }
      const unwatch = watchPage((seen) => {
        const last = attention
        attention = seen
        if (seen.visible !== last.visible) send(seen.visible ? 'watch' : 'pause')
        if (seen.online !== last.online) send(seen.online ? 'online' : 'offline')
      })
      return () => {
        unwatch()
        attention = { visible: false, online: attention.online }
        send('pause')
      }
    },
  }
}
