import 'server-only'
import { cacheLife, cacheTag } from 'next/cache'
import { z } from 'zod'
import type { Category, Product, ProductCard } from '@/lib/domain/products/product'
import { searchWords } from '@/lib/domain/products/search-words'
import type { CollectionPoint } from '@/lib/domain/stock/place'
import { cacheTags, catalogLife } from '@/lib/server/platform/cache-tags'
import { everyRow } from '@/lib/server/platform/every-row'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'
import type { Dated } from '@/lib/server/resilience/last-known'
import { cardColumns, productColumns, toCard, toProduct } from './catalog-rows'

/**
 * Catalogue reads: content, never stock. Cached by tag and readable by anyone. Pages read through
 * lib/server/products/catalog.ts, which serves the last result while the database does not respond.
 */

export const productsPerPage = 24

export interface ProductPage {
  products: ProductCard[]
  /** Products on all pages together. */
  total: number
}

export interface ProductFilter {
  category?: string
  /** The shopper's search text; every term in it must occur somewhere in a product. */
  words?: string
}

// Next can call a cached function by the network, as it calls an action: each looks at what it is asked first.
const Handle = z.string().min(1).max(255)
const Listing = z.object({
  filter: z.object({ category: Handle.optional(), words: z.string().max(200).optional() }),
  page: z.int().min(1).max(100_000),
})

/** One page of active products, counted from 1, in the shop's order. */
export async function readProducts(filter: ProductFilter, page: number): Promise<Dated<ProductPage>> {
  'use cache'
  if (!Listing.safeParse({ filter, page }).success) return dated({ products: [], total: 0 })
  cacheTag(cacheTags.catalog)
  cacheLife(catalogLife)
  const from = (page - 1) * productsPerPage
  // A search result is counted; the length of a whole listing is known.
  const count = filter.words === undefined ? undefined : ('exact' as const)
  let query = secretClient()
    .from('shop_products')
    .select(cardColumns, count && { count })
    .range(from, from + productsPerPage - 1)
  if (filter.category !== undefined) query = query.eq('category', filter.category)
  if (filter.words !== undefined) {
    const words = searchWords(filter.words)
    if (words.length === 0) return dated({ products: [], total: 0 })
    query = query.or(`and(${words.map(occurs).join()})`)
  }
  const answer = await query.order('position').order('id')
  // A page beyond the last is empty, not an error.
  if (answer.error?.code === 'PGRST103') return dated({ products: [], total: 0 })
  const total = count ? answer.count : await lengthOf(filter.category)
  return dated({ products: rowsOrThrow('products', answer).map(toCard), total: total ?? 0 })
}

/** Active products of one category, or of all. */
async function lengthOf(category: string | undefined): Promise<number> {
  const sizes = await categorySizes()
  return category === undefined
    ? Object.values(sizes).reduce((sum, products) => sum + products, 0)
    : (sizes[category] ?? 0)
}

async function categorySizes(): Promise<Record<string, number>> {
  const rows = await everyRow('category_sizes', (from, to) =>
    secretClient().from('category_sizes').select('category, products').order('category').range(from, to),
  )
  return Object.fromEntries(rows.map(({ category, products }) => [category, products]))
}

/** A PostgREST condition; safe because searchWords leaves letters and digits only. */
function occurs(word: string): string {
  const columns = ['title', 'vendor', 'category', 'description_html']
  return `or(${columns.map((column) => `${column}.ilike.*${word}*`).join()},tags.cs.{${word}})`
}

/** An active product by the handle in its address, or null. */
export async function readProduct(handle: string): Promise<Dated<Product | null>> {
  'use cache'
  if (!Handle.safeParse(handle).success) return dated(null)
  cacheTag(cacheTags.catalog)
  cacheLife(catalogLife)
  const rows = rowsOrThrow(
    'product',
    await secretClient().from('shop_products').select(productColumns).eq('handle', handle).limit(1),
  )
  return dated(rows[0] ? toProduct(rows[0]) : null)
}

/** The categories that have products, in their order. */
export async function readCategories(): Promise<Dated<Category[]>> {
  'use cache'
  cacheTag(cacheTags.catalog)
  cacheLife(catalogLife)
  const [categories, sizes] = await Promise.all([
    everyRow('categories', (from, to) =>
      secretClient()
        .from('categories')
        .select('slug, title, blurb')
        .order('position')
        .order('title')
        .order('slug')
        .range(from, to),
    ),
    categorySizes(),
  ])
  return dated(
    categories
      .map((category) => ({ ...category, products: sizes[category.slug] ?? 0 }))
      .filter(({ products }) => products > 0),
  )
}

/** A sitemap has at most so many addresses. Source: sitemaps.org, protocol. */
const mostAddresses = 50_000

/** The address of every active product and when it last changed, for the sitemap. */
export async function readAddresses(): Promise<Dated<{ handle: string; updatedAt: string }[]>> {
  'use cache'
  cacheTag(cacheTags.catalog)
  cacheLife('hours')
  const rows = await everyRow(
    'addresses',
    (from, to) =>
      secretClient().from('shop_products').select('handle, updated_at').order('id').range(from, to),
    mostAddresses,
  )
  return dated(rows.map(({ handle, updated_at }) => ({ handle: handle ?? '', updatedAt: updated_at ?? '' })))
}

/** Where shoppers find us: active places with an address, in their order. */
export async function readPlaces(): Promise<Dated<CollectionPoint[]>> {
  'use cache'
  cacheTag(cacheTags.places)
  cacheLife(catalogLife)
  const rows = await everyRow('locations', (from, to) =>
    secretClient()
      .from('locations')
      .select('id, name, address')
      .eq('active', true)
      .order('position')
      .order('id')
      .range(from, to),
  )
  return dated(rows.filter(({ address }) => address !== ''))
}

/** Called inside a cached read, so the date is that of the read. */
function dated<Value>(value: Value): Dated<Value> {
  return { value, readAt: Date.now() }
}
