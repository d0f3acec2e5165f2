'use client'

import { createLink, type Link } from '@/lib/client/live/transport/link'
import type { AccessToken } from '@/lib/client/live/transport/token'
import type { PublicSettings } from '@/lib/domain/core/settings'
import type { FeedEvent } from '@/lib/domain/live/feed'
import { byTrust, type Freshness } from '@/lib/domain/live/freshness'
import type { LiveSource } from '@/lib/domain/live/query'
import { createListeners, type Listeners } from './listeners'
import { type PageEvent, watchPage } from './page'
import { createPainter, type Painter } from './painter'
import { createTable, type Table } from './table'

/** Something that a page follows: a table, a list, a room. */
export interface Part {
  /** How fresh it is; null while it follows nothing. Missing where that is of no matter. */
  freshness?(): Freshness | null
  send(event: FeedEvent): void
}

/** What all parts of a page share. */
export interface Surroundings {
  readonly link: Link
  readonly painter: Painter
  /** Whether a person can see the page. */
  attended(): boolean
  /** Calls back whenever something but rows may be another: a freshness, for one. */
  readonly listen: Listeners['listen']
  /** To be called then. */
  readonly tell: Listeners['tell']
}

/** Everything a page follows, outside React: components come and go, mount twice or all at once; this stays. */
export interface Registry {
  /**
   * The part with this key, made when it is first asked for. One key is one kind of part: a source is its table, a
   * list has its own, a room's begins with what it is.
   */
  part<Kind extends Part>(key: unknown, make: (surroundings: Surroundings) => Kind): Kind
  table<Row>(source: LiveSource<Row>): Table<Row>
  /** Calls a function that only reads, as the person this page belongs to. */
  readonly ask: Link['ask']
  /** The certainty of the page as a whole; null when it follows nothing. */
  connection(): Freshness | null
  readonly listen: Listeners['listen']
  /** Starts to follow the page's visibility and network; the returned function stops everything. */
  attend(): () => void
}

export function createRegistry(settings: PublicSettings, accessToken?: AccessToken): Registry {
  const parts = new Map<unknown, Part>()
  let isSeen = false
  const surroundings: Surroundings = {
    link: createLink(settings, accessToken),
    painter: createPainter(),
    attended: () => isSeen,
    ...createListeners(),
  }

  function part<Kind extends Part>(key: unknown, make: (surroundings: Surroundings) => Kind): Kind {
    const made = parts.get(key) ?? make(surroundings)
    parts.set(key, made)
    // The map cannot say which key has which kind of part; this is the one place that puts them there.
    return made as Kind
  }

  function tell(event: PageEvent): void {
    isSeen = event === 'watch' || (isSeen && event !== 'pause')
    for (const each of parts.values()) each.send(event)
  }

  return {
    ask: surroundings.link.ask,
    part,
    table: (source) => part(source, (shared) => createTable(source, shared)),
    connection: () =>
      [...parts.values()]
        .flatMap((each) => each.freshness?.() ?? [])
        .sort(byTrust)
        .at(-1) ?? null,

    listen: surroundings.listen,

    attend() {
      const unwatch = watchPage(tell)
      return () => {
        unwatch()
        tell('pause')
      }
    },
  }
}
