'use client'

import type { FeedEvent } from '@/lib/domain/live/feed'
import { type Freshness, lessFresh } from '@/lib/domain/live/freshness'
import type { LiveQuery, LiveSource } from '@/lib/domain/live/query'
import type { PublicSettings } from '@/lib/domain/settings'
import { createLink, type Link } from './link'
import { createListeners } from './listeners'
import { type PageEvent, watchPage } from './page'
import { createPainter, type Painter } from './painter'
import { createTable, type Table } from './table'
import type { AccessToken } from './token'
import type { Live, View } from './view'

/** Something that a page follows: a table, a list, a room. */
export interface Part {
  /** How fresh it is; null when that is of no matter. */
  freshness(): Freshness | null
  send(event: FeedEvent): void
}

/** What all parts of a page share. */
export interface Surroundings {
  readonly link: Link
  readonly painter: Painter
  /** Whether a person can see the page. */
  attended(): boolean
  /** To be called when a freshness may be another. */
  changed(): void
}

/** Everything a page follows, outside React: components come and go, mount twice or all at once; this stays. */
export interface Registry {
  /**
   * The part with this key, made when it is first asked for. One key is one kind of part: a source is its table, a
   * list's or a room's key begins with what it is.
   */
  part<Kind extends Part>(key: unknown, make: (surroundings: Surroundings) => Kind): Kind
  table<Row>(source: LiveSource<Row>): Table<Row>
  view<Row>(query: LiveQuery<Row>, first: readonly Row[]): View<Live<Row>>
  /** Calls a function that only reads, as the person this page belongs to. */
  readonly ask: Link['ask']
  /** The certainty of the page as a whole; null when it follows nothing. */
  connection(): Freshness | null
  /** Calls back whenever `connection` may be another. */
  listen(listener: () => void): () => void
  /** Starts to follow the page's visibility and network; the returned function stops everything. */
  attend(): () => void
}

export function createRegistry(settings: PublicSettings, accessToken?: AccessToken): Registry {
  const parts = new Map<unknown, Part>()
  const listeners = createListeners()
  let isSeen = false
  const surroundings: Surroundings = {
    link: createLink(settings, accessToken),
    painter: createPainter(),
    attended: () => isSeen,
    changed: listeners.tell,
  }

  function part<Kind extends Part>(key: unknown, make: (surroundings: Surroundings) => Kind): Kind {
    const made = parts.get(key) ?? make(surroundings)
    parts.set(key, made)
    // The map cannot say which key has which kind of part; this is the one place that puts them there.
    return made as Kind
  }

  function table<Row>(source: LiveSource<Row>): Table<Row> {
    return part(source, () => createTable(source, surroundings))
  }

  function tell(event: PageEvent): void {
    isSeen = event === 'watch' || (isSeen && event !== 'pause')
    for (const each of parts.values()) each.send(event)
  }

  return {
    ask: surroundings.link.ask,
    part,
    table,
    view: (query, first) => table(query.source).view(query, first),

    connection() {
      const all = [...parts.values()].map((each) => each.freshness()).filter((each) => each !== null)
      const [first = null, ...others] = all
      return first && others.reduce(lessFresh, first)
    },

    listen: listeners.listen,

    attend() {
      const unwatch = watchPage(tell)
      return () => {
        unwatch()
        tell('pause')
      }
    },
  }
}
