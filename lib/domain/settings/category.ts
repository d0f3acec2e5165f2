import { z } from 'zod'
import { categorySlug } from '@/lib/domain/imports/slug'
import { type LiveQuery, type LiveSource, liveQuery } from '@/lib/domain/live/query'
import { rowsOf } from '@/lib/domain/stock/live'
import { PictureAddress, text } from './fields'

/** A category as managers edit it. */
export const EditedCategory = z.object({
  slug: z.string(),
  title: z.string(),
  blurb: z.string(),
  picture: z.string(),
  version: z.int(),
})
export type EditedCategory = z.infer<typeof EditedCategory>

const CategoryPulse = EditedCategory.pick({ slug: true, version: true })

const categories: LiveSource<z.infer<typeof CategoryPulse>> = {
  table: 'categories',
  ...rowsOf(CategoryPulse),
  by: 'slug',
  id: (row) => row.slug,
  version: (row) => row.version,
}

/** The versions of some categories, for pages that show them. */
export function categoriesOf(slugs: readonly string[]): LiveQuery<z.infer<typeof CategoryPulse>> {
  return liveQuery(categories, slugs)
}

/** The fields of a category; a new one gets the address that its title makes. */
export const CategoryForm = z
  .object({
    slug: z.string().max(255).optional(),
    expected: z.coerce.number().int().optional(),
    idempotency_key: z.guid(),
    title: text(120).min(1),
    blurb: text(300).default(''),
    picture: PictureAddress.default(''),
  })
  .transform(({ slug, expected, idempotency_key, ...fields }) => ({
    slug: slug ?? categorySlug(fields.title),
    expected: expected ?? null,
    idempotency_key,
    fields,
  }))
export type CategoryForm = z.infer<typeof CategoryForm>

export const CategoryNamed = z.object({ slug: z.string().max(255), idempotency_key: z.guid() })
