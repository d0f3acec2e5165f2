import 'server-only'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

/** Evaluates the alert rules. The database decides how often each rule runs. */
export async function findAlerts(): Promise<void> {
  rowsOrThrow('find_alerts', await (await sessionClient()).rpc('find_alerts'))
}
