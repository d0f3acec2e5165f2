'use client'

import { useListPulse } from '@/components/staff/shell/use-list-pulse'
import { useRefreshOn } from '@/components/staff/shell/use-refresh-on'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { importsOf, newestImports, type ImportPulse as Pulse, revertsOf } from '@/lib/domain/imports/live'

/** Keeps the list as it is now: a new import, or a change of one that is shown, renders it again. Renders nothing. */
export function ImportsPulse({ newest, shown }: { newest: readonly Pulse[]; shown: readonly Pulse[] }) {
  useListPulse(newestImports, newest, importsOf(shown.map(({ id }) => id)), shown)
  return null
}

/** The same for the page of one import, which may be reverted. Renders nothing. */
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
