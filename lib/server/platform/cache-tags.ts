import 'server-only'

/**
 * Everything the shop caches, by tag. Reads and invalidation take the tags from here, so neither can misspell one.
 * Stock is not in these caches, and in whole pages for seconds (docs/decisions/0041).
 */
export const cacheTags = {
  /** Products, variants, pictures, categories, the shop's settings: whatever an import or an edit may change. */
  catalog: 'catalog',
  /** Where the shop is. */
  places: 'places',
  /** Where the shop delivers. */
  delivery: 'delivery',
} as const

/**
 * The lifetime of cached catalogue data without an invalidation, in seconds. Staff pages invalidate by updateTag, the
 * import command by POST /api/revalidate. The lifetime covers changes made past both.
 */
export const catalogLife = { stale: 30, revalidate: 15, expire: 60 } as const
