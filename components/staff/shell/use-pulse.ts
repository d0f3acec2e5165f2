'use client'

import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import type { LiveQuery } from '@/lib/domain/live/query'
import { useRefreshOn } from './use-refresh-on'

/**
 * Follows the rows that a page was rendered with: a change of one renders the page again. Returns the rows as they are.
 *
 * @param first the same array from render to render, as of `useLiveQuery`.
 */
export function usePulse<Row>(query: LiveQuery<Row>, first: readonly Row[]): readonly Row[] {
  const { rows } = useLiveQuery(query, first)
  const versions = (list: readonly Row[]) =>
    list.map((row) => ({ id: query.source.id(row), version: query.source.version(row) }))
  useRefreshOn(versions(rows), versions(first))
  return rows
}
