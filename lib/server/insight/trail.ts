import 'server-only'
import { linesPerPage, type TrailFilter, TrailLine, trailQuestion } from '@/lib/domain/insight/trail'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

export interface TrailPage {
  lines: TrailLine[]
  /** Whether there are older lines than the last one. */
  hasMore: boolean
}

/** The audit trail, newest first. For managers. */
export async function readTrail(filter: TrailFilter): Promise<TrailPage> {
  const client = await sessionClient()
  const rows = rowsOrThrow('read_trail', await client.rpc('read_trail', trailQuestion(filter)))
  const lines = TrailLine.array().parse(rows)
  return { lines: lines.slice(0, linesPerPage), hasMore: lines.length > linesPerPage }
}
