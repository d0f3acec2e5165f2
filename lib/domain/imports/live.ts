import { z } from 'zod'
import { liveList } from '@/lib/domain/live/live-list'
import { type LiveQuery, type LiveSource, liveQuery } from '@/lib/domain/live/query'
import { rowsOf } from '@/lib/domain/stock/live'

/** The status of an import: enough to know when to reload it. */
const ImportPulse = z.object({
  id: z.guid(),
  number: z.int(),
  reverts: z.guid().nullable(),
  version: z.int(),
})
export type ImportPulse = z.infer<typeof ImportPulse>

const imports = {
  table: 'imports',
  ...rowsOf(ImportPulse),
  id: (row: ImportPulse) => row.id,
  version: (row: ImportPulse) => row.version,
}
const importsById: LiveSource<ImportPulse> = { ...imports, by: 'id' }
const importsByReverted: LiveSource<ImportPulse> = { ...imports, by: 'reverts' }

/** The newest imports, latest first. */
export const newestImports = liveList<ImportPulse>({ ...imports, by: 'number' }, { pageSize: 20 })

export function importsOf(importIds: readonly string[]): LiveQuery<ImportPulse> {
  return liveQuery(importsById, importIds)
}

/** The imports that take these back, or would. */
export function revertsOf(importIds: readonly string[]): LiveQuery<ImportPulse> {
  return liveQuery(importsByReverted, importIds)
}
