import 'server-only'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

/** Looks for what somebody should be told of; how often each rule is asked is the database's business. */
export async function findAlerts(): Promise<void> {
  rowsOrThrow('find_alerts', await (await sessionClient()).rpc('find_alerts'))
}
