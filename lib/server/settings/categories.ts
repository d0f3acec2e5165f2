import 'server-only'
import { EditedCategory } from '@/lib/domain/settings/category'
import { everyRow } from '@/lib/server/platform/every-row'
import { sessionClient } from '@/lib/server/platform/supabase'

/** All categories, empty ones too, in the shop's order. */
export async function editedCategories(): Promise<EditedCategory[]> {
  const client = await sessionClient()
  const rows = await everyRow('categories', (from, to) =>
    client
      .from('categories')
      .select('slug, title, blurb, picture, version')
      .order('position')
      .order('title')
      .order('slug')
      .range(from, to),
  )
  return EditedCategory.array().parse(rows)
}
