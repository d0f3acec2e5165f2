import 'server-only'
import { Dashboard, edgesOf, type Range } from '@/lib/domain/insight/dashboard'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

/** The shop in numbers, now. Throws for whoever is not staff. */
export async function readDashboard(range: Range): Promise<Dashboard> {
  const client = await sessionClient()
  const now = Date.now()
  const edges = edgesOf(range, now).map((edge) => new Date(edge).toISOString())
  const read = await client.rpc('read_dashboard', { edges, at: new Date(now).toISOString() })
  return Dashboard.parse({ range, ...Object(rowsOrThrow('read_dashboard', read)) })
}
