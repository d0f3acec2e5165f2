import 'server-only'
import { everyRow } from '@/lib/server/platform/every-row'
import { sessionClient } from '@/lib/server/platform/supabase'

/** The name behind every actor in the ledger, also of those who left. The nil UUID is the shop itself. */
export async function actorNames(): Promise<Record<string, string>> {
  const client = await sessionClient()
  const rows = await everyRow('staff', (from, to) =>
    client.from('staff').select('user_id, name').order('user_id').range(from, to),
  )
  return Object.fromEntries(rows.map(({ user_id, name }) => [user_id, name]))
}

/** Everybody who works here now, by name. */
export async function staffNames(): Promise<{ id: string; name: string }[]> {
  const client = await sessionClient()
  const rows = await everyRow('staff', (from, to) =>
    client
      .from('staff')
      .select('user_id, name')
      .eq('active', true)
      .order('name')
      .order('user_id')
      .range(from, to),
  )
  return rows.map(({ user_id, name }) => ({ id: user_id, name }))
}
