'use client'

import { useRefreshOn } from '@/components/staff/use-refresh-on'
import { useLiveList } from '@/lib/client/live/use-live-list'
import { useLiveQuery } from '@/lib/client/live/use-live-query'
import {
  importsOf,
  newestImports,
  type ImportPulse as Pulse,
  revertsOf,
} from '@/lib/domain/live/import-queries'

/** Keeps the list as it is now: a new import, or a change of one that is shown, renders it again. Renders nothing. */
export function ImportsPulse({ newest, shown }: { newest: readonly Pulse[]; shown: readonly Pulse[] }) {
  const all = useLiveList(newestImports, newest)
  const seen = useLiveQuery(importsOf(shown.map(({ id }) => id)), shown)
  // As many of the newest as were rendered: those they push out are nobody's concern.
  const latest = all.rows.slice(0, Math.max(1, newest.length))
  useRefreshOn([...latest, ...seen.rows], [...newest, ...shown])
  return null
}

/** The same for the page of one import, which may be taken back. Renders nothing. */
export function ImportPulse({
  importId,
  first,
  reverts,
}: {
  importId: string
  first: readonly Pulse[]
  reverts: readonly Pulse[]
}) {
  const own = useLiveQuery(importsOf([importId]), first)
  const taken = useLiveQuery(revertsOf([importId]), reverts)
  useRefreshOn([...own.rows, ...taken.rows], [...first, ...reverts])
  return null
}
