'use client'

import { useLiveList } from '@/lib/client/live/hooks/use-live-list'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import type { LiveList, LiveQuery } from '@/lib/domain/live/query'
import { useRefreshOn, type Versioned } from './use-refresh-on'

/**
 * Keeps a list that the server puts together as it is now: a new row, or a change of one that is shown, renders the page
 * again.
 *
 * @param newest the first page of `list`, read before what is shown: one made in between is seen twice, and not missed.
 * @param query what is shown, which may be other rows than the newest.
 */
export function useListPulse<New extends Versioned, Shown extends Versioned>(
  list: LiveList<New>,
  newest: readonly New[],
  query: LiveQuery<Shown>,
  shown: readonly Shown[],
): void {
  const all = useLiveList(list, newest)
  const seen = useLiveQuery(query, shown)
  // As many of the newest as were rendered: those they push out are nobody's concern.
  const latest = all.rows.slice(0, Math.max(1, newest.length))
  useRefreshOn([...latest, ...seen.rows], [...newest, ...shown])
}
