import 'server-only'
import type { Category, Location } from '@/lib/domain/stock/place'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

/** The places that hold stock, in the order the shop lists them. */
export async function activeLocations(): Promise<Location[]> {
  const client = await sessionClient()
  return rowsOrThrow(
    'locations',
    await client.from('locations').select('id, slug, name').eq('active', true).order('position').order('id'),
  )
}

/** The aisles, in the order the shop lists them. */
export async function allCategories(): Promise<Category[]> {
  const client = await sessionClient()
  return rowsOrThrow(
    'categories',
    await client.from('categories').select('slug, title').order('position').order('title'),
  )
}
