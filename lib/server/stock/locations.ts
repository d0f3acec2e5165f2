import 'server-only'
import type { Category, Location } from '@/lib/domain/stock/place'
import { everyRow } from '@/lib/server/platform/every-row'
import { sessionClient } from '@/lib/server/platform/supabase'

/** The places that hold stock, in the order the shop lists them. */
export async function activeLocations(): Promise<Location[]> {
  const client = await sessionClient()
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
