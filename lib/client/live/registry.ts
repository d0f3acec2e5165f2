'use client'

import { type Freshness, lessFresh, sameFreshness } from '@/lib/domain/live/freshness'
import type { Room } from '@/lib/domain/live/presence'
import type { LiveList, LiveQuery, LiveSource } from '@/lib/domain/live/query'
import type { PublicSettings } from '@/lib/domain/settings'
import { createLink } from './link'
import { createList, type List } from './list'
import { watchPage } from './page'
import { createPainter } from './painter'
import { createStay, type Stay } from './room'
import { createTable, type Surroundings, type Table, type View } from './table'
import type { AccessToken } from './token'

/** Everything a page follows, outside React: components come and go, mount twice or all at once; this stays. */
export interface Registry {
  table<Row>(source: LiveSource<Row>): Table<Row>
  view<Row>(query: LiveQuery<Row>, first: readonly Row[]): View<Row>
  /** A list, as far as it was loaded; `first` is its first page if it was not. */
  list<Row>(list: LiveList<Row>, first: readonly Row[]): List<Row>
  stay<State>(room: Room<State>): Stay<State>
  /** The certainty of the page as a whole; null when it follows nothing. */
  connection(): Freshness | null
  /** Calls back whenever `connection` may be another. */
  listen(listener: () => void): () => void
  /** Starts to follow the page's visibility and network; the returned function stops everything. */
  attend(): () => void
}

export function createRegistry(settings: PublicSettings, accessToken?: AccessToken): Registry {
  const tables = new Map<unknown, Pick<Table<unknown>, 'freshness' | 'send'>>()
  const lists = new Map<string, unknown>()
  const stays = new Map<string, Pick<Stay<unknown>, 'attend'>>()
  const listeners = new Set<() => void>()
  let attention = { visible: false, online: true }
  let connection: Freshness | null = null
  const surroundings: Surroundings = {
    link: createLink(settings, accessToken),
    painter: createPainter(),
    attended: () => attention.visible,
    changed() {
      for (const listener of [...listeners]) listener()
    },
  }

  function table<Row>(source: LiveSource<Row>): Table<Row> {
    const known = tables.get(source)
    // The map cannot say that a source's table has that source's rows; this is the one place that puts them there.
    if (known) return known as Table<Row>
    const made = createTable(source, surroundings)
    tables.set(source, made)
    return made
  }

  function list<Row>(wanted: LiveList<Row>, first: readonly Row[]): List<Row> {
    const known = lists.get(wanted.key)
    // As above: a list's key is made from its source.
    if (known) return known as List<Row>
    const made = createList(wanted, first, surroundings)
    lists.set(wanted.key, made)
    tables.set(wanted.source, made.table)
    return made
  }

  function stay<State>(room: Room<State>): Stay<State> {
    const known = stays.get(room.name)
    // As above: one name, one room.
    if (known) return known as Stay<State>
    const made = createStay(room, surroundings.link, attention.visible)
    stays.set(room.name, made)
    return made
  }

  return {
    table,
    list,
    stay,
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
        for (const each of stays.values()) each.attend(attention.visible)
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
