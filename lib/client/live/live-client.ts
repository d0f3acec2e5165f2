'use client'

import { createTransport, type Transport } from '@/lib/client/live/transport/transport'
import type { FeedEvent } from '@/lib/domain/live/feed'
import { byTrust, type Freshness } from '@/lib/domain/live/freshness'
import type { LiveSource } from '@/lib/domain/live/query'
import { createEmitter, type Emitter } from './emitter'
import { createRenderScheduler, type RenderScheduler } from './render-scheduler'
import { createSourceStore, type SourceStore } from './source-store'
import { type VisibilityEvent, watchVisibility } from './window-visibility'

/** Something that a page follows: a source, a list, a presence channel. */
export interface LiveResource {
  /** How fresh it is; null while it follows nothing. Missing where that is of no matter. */
  freshness?(): Freshness | null
  send(event: FeedEvent): void
}

/** The context that all resources of a live client share. */
export interface ClientContext {
  readonly transport: Transport
  readonly scheduler: RenderScheduler
  /** Whether a person can see the page. */
  isVisible(): boolean
  /** Calls the listener whenever something but rows may have changed: a freshness, for one. */
  readonly on: Emitter['on']
  /** Calls all listeners. */
  readonly emit: Emitter['emit']
}

/** Everything one page follows. It is outside React: components mount twice or all at once, and the client stays. */
export interface LiveClient {
  /**
   * The resource with this key, created when it is first requested. One key is one kind of resource: a source is the key
   * of its store, a list has its own key, and the key of a presence channel begins with its kind.
   */
  resource<Kind extends LiveResource>(key: unknown, create: (context: ClientContext) => Kind): Kind
  store<Row>(source: LiveSource<Row>): SourceStore<Row>
  /** Missing on a page that reads only what everybody may. */
  readonly dataApi: Transport['dataApi']
  /** The freshness of the page as a whole; null when it follows nothing. */
  connection(): Freshness | null
  readonly on: Emitter['on']
  /** Starts to follow the page's visibility and network; the returned function stops everything. */
  start(): () => void
}

export function createLiveClient(...connection: Parameters<typeof createTransport>): LiveClient {
  const resources = new Map<unknown, LiveResource>()
  let isVisible = false
  const context: ClientContext = {
    transport: createTransport(...connection),
    scheduler: createRenderScheduler(),
    isVisible: () => isVisible,
    ...createEmitter(),
  }

  function resource<Kind extends LiveResource>(key: unknown, create: (context: ClientContext) => Kind): Kind {
    const created = resources.get(key) ?? create(context)
    resources.set(key, created)
    // The map does not know which key has which kind of resource; this is the one place that adds to it.
    return created as Kind
  }

  function sendToAll(event: VisibilityEvent): void {
    isVisible = event === 'watch' || (isVisible && event !== 'pause')
    for (const each of resources.values()) each.send(event)
  }

  return {
    dataApi: context.transport.dataApi,
    resource,
    store: (source) => resource(source, (shared) => createSourceStore(source, shared)),
    connection: () =>
      [...resources.values()]
        .flatMap((each) => each.freshness?.() ?? [])
        .sort(byTrust)
        .at(-1) ?? null,

    on: context.on,

    start() {
      const unwatch = watchVisibility(sendToAll)
      return () => {
        unwatch()
        sendToAll('pause')
      }
    },
  }
}
