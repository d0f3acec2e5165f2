'use client'

import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { createListStore, type Tail } from '@/lib/client/live/list-store'
import type { LiveRows } from '@/lib/client/live/live-rows'
import { useLiveClient } from '@/lib/client/live/provider'
import type { LiveList } from '@/lib/domain/live/query'

/**
 * The rows of a list as far as they are loaded, live while in view, without a gap while others insert and change.
 * Starts from the first page as the server rendered it (`firstPage` of lib/server/platform/live.ts).
 *
 * @param first the same array from render to render; another one is taken for a newer render.
 * @param inView which of `rows` a person can see, by index, the last one included; all when not given. The rest is
 * shown as last known, and fetched again when it comes into view.
 * @returns `tail` says what follows the last row; `more` reads it, and rejects when it could not be read.
 */
export function useLiveList<Row>(
  list: LiveList<Row>,
  first: readonly Row[],
  inView?: { readonly from: number; readonly to: number },
): LiveRows<Row> & { tail: Tail; more(): Promise<void> } {
  const client = useLiveClient()
  // The key identifies the list: components may declare it again with every render.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const store = useMemo(
    () => client.resource(list.key, (context) => createListStore(list, first, context)),
    [client, list.key],
  )
  const view = useMemo(() => store.view(first), [store, first])
  const live = useSyncExternalStore(view.subscribe, view.current, view.first)
  const seen = inView ? live.rows.slice(inView.from, inView.to + 1) : live.rows
  const pages = store.pagesOf(seen)
  // biome-ignore lint/correctness/useExhaustiveDependencies: their names identify the pages
  useEffect(() => view.followPages(pages), [view, pages.join()])
  const tail = useSyncExternalStore(client.on, store.tail, store.tail)
  return { ...live, tail, more: store.more }
}
