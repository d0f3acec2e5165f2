import 'server-only'
import type { Category, Location } from '@/lib/domain/stock/place'
import { everyRow } from '@/lib/server/platform/every-row'
import { type Supabase, sessionClient } from '@/lib/server/platform/supabase'

/** The locations that hold stock, in the shop's order. */
export async function activeLocations(): Promise<Location[]> {
  return activeLocationsAs(await sessionClient())
}

/** The same, read by a client that has its own key. */
export function activeLocationsAs(client: Supabase): Promise<Location[]> {
  return everyRow('locations', (from, to) =>
    client
      .from('locations')
      .select('id, slug, name')
      .eq('active', true)
      .order('position')
      .order('id')
      .range(from, to),
  )
}

/** The categories, in the shop's order. */
export async function allCategories(): Promise<Category[]> {
  const client = await sessionClient()
  return everyRow('categories', (from, to) =>
    client
      .from('categories')
      .select('slug, title')
      .order('position')
      .order('title')
      .order('slug')
      .range(from, to),
  )
}
