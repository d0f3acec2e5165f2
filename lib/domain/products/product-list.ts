import { z } from 'zod'
import { productStatuses } from '@/lib/domain/products/editing/sheet'

/** How many products a page of the list shows. */
export const productsPerList = 50

/** One product as the list shows it. Prices are minor units; none where it has no variant. */
export const ProductEntry = z.object({
  product_id: z.guid(),
  handle: z.string(),
  title: z.string(),
  category: z.string(),
  status: z.enum(productStatuses),
  limited: z.boolean(),
  version: z.int(),
  variants: z.int(),
  lowest_minor: z.int().nullable(),
  highest_minor: z.int().nullable(),
  currency: z.string().nullable(),
  picture: z.string().nullable(),
})
export type ProductEntry = z.infer<typeof ProductEntry>

/** The Data API answers with no more rows than this at once (max_rows in supabase/config.toml), less some room to grow. */
const rowsAtOnce = 900

/** Those of a page, from its top, whose variants can be followed together: all, unless they have very many. */
export function followable(entries: readonly ProductEntry[]): string[] {
  let rows = 0
  const followed = entries.filter(({ variants }) => {
    rows += variants
    return rows <= rowsAtOnce
  })
  return followed.map(({ product_id }) => product_id)
}

/** The list's filters, as they appear in the URL. Unreadable values count as not set. */
export const ProductFilter = z.object({
  q: z.string().trim().max(200).catch(''),
  category: z.string().catch(''),
  status: z.enum([...productStatuses, '']).catch(''),
  after: z.union([z.guid(), z.literal('')]).catch(''),
})
export type ProductFilter = z.infer<typeof ProductFilter>

/** The address of the list narrowed so, without what is not set. */
export function productsAddress(filter: Partial<Record<keyof ProductFilter, string>>): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''))
  return query.size > 0 ? `/staff/products?${query}` : '/staff/products'
}
