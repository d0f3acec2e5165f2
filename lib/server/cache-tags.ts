import 'server-only'

/**
 * Everything the shop caches, by tag. Reads and invalidation take the tags from here, so neither can misspell one.
 * Stock is in no cache (docs/decisions/0005).
 */
export const cacheTags = {
  /** Products, variants, pictures, categories: whatever an import or an edit may change. */
  catalog: 'catalog',
  /** Where the shop is. */
  places: 'places',
} as const

/**
 * How old cached catalogue data may get without anybody saying it changed, in seconds. Imports from the command line
 * cannot reach the server's cache, so this is how long they take to show.
 */
export const catalogLife = { stale: 30, revalidate: 15, expire: 60 } as const
