'use client'

import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { LiveRows } from '@/lib/client/live/live-rows'
import { useLiveClient } from '@/lib/client/live/provider'
import type { LiveQuery } from '@/lib/domain/live/query'

/**
 * The rows of a query, and how sure they are: equal to the database while `freshness.name` is 'live', else as old
 * as `freshness.confirmedAt` says. Starts from what the server rendered (`firstValue` of lib/server/platform/live.ts) and
 * never goes back to an older version of a row.
 *
 * @param first the same array from render to render, as props from the server are; another one is taken for a newer render.
 * @param watched false to keep what is shown without following it, as for a card that is out of view.
 */
export function useLiveQuery<Row>(
  query: LiveQuery<Row>,
  first: readonly Row[],
  watched = true,
): LiveRows<Row> {
  const table = useLiveClient().store(query.source)
  // The key identifies the values: components may declare a query again with every render.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const view = useMemo(() => table.view(first, () => query.values), [table, query.key, first])
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => (watched ? table.follow(query.values) : undefined), [table, query.key, watched])
  return useSyncExternalStore(view.subscribe, view.current, view.first)
}
