import 'server-only'
import { EditedLocation } from '@/lib/domain/settings/location'
import { everyRow } from '@/lib/server/platform/every-row'
import { sessionClient } from '@/lib/server/platform/supabase'

/** All locations, archived ones too, in the shop's order. */
export async function allLocations(): Promise<EditedLocation[]> {
  const client = await sessionClient()
  const rows = await everyRow('locations', (from, to) =>
    client
      .from('locations')
      .select('id, slug, name, address, hours, hours_note, active, version')
      .order('position')
      .order('id')
      .range(from, to),
  )
  return EditedLocation.array().parse(rows)
}
