'use client'

import { useMemo, useSyncExternalStore } from 'react'
import type { LiveQuery } from '@/lib/domain/live/query'
import { useRegistry } from './provider'
import type { Live } from './view'

const unwatched = () => () => undefined

/**
 * The rows of a query, and how sure they are: equal to the database while `freshness.name` is 'live', else as old
 * as `freshness.confirmedAt` says. Starts from what the server rendered (`firstValue` of lib/server/live.ts) and
 * never goes back to an older version of a row.
 *
 * @param first the same array from render to render, as props from the server are; another one is taken for a newer render.
 * @param watched false to keep what is shown without following it, as for a card that is out of view.
 */
export function useLiveQuery<Row>(query: LiveQuery<Row>, first: readonly Row[], watched = true): Live<Row> {
  const registry = useRegistry()
  // The key stands for the query: components may declare it anew with every render.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const view = useMemo(() => registry.view(query, first), [registry, query.key, first])
  return useSyncExternalStore(watched ? view.subscribe : unwatched, view.current, view.first)
}
