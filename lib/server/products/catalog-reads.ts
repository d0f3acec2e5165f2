import 'server-only'
import { cacheLife, cacheTag } from 'next/cache'
import { z } from 'zod'
import type { DeliveryOffer } from '@/lib/domain/checkout/delivery-offer'
import type { Category, Product, ProductCard } from '@/lib/domain/products/product'
import { CollectionPoint } from '@/lib/domain/stock/place'
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
}

// Next can call a cached function by the network, as it calls an action: each looks at what it is asked first.
const Handle = z.string().min(1).max(255)
const Listing = z.object({
  filter: z.object({ category: Handle.optional() }),
  page: z.int().min(1).max(100_000),
})

/** One page of active products, counted from 1, in the shop's order. */
export async function readProducts(filter: ProductFilter, page: number): Promise<Dated<ProductPage>> {
  'use cache'
  if (!Listing.safeParse({ filter, page }).success) return dated({ products: [], total: 0 })
  cacheTag(cacheTags.catalog)
  cacheLife(catalogLife)
  const from = (page - 1) * productsPerPage
  let query = secretClient()
    .from('shop_products')
    .select(cardColumns)
    .range(from, from + productsPerPage - 1)
  if (filter.category !== undefined) query = query.eq('category', filter.category)
  const answer = await query.order('position').order('id')
  // A page beyond the last is empty, not an error.
  if (answer.error?.code === 'PGRST103') return dated({ products: [], total: 0 })
  // Not counted: the length of a listing is kept.
  const total = await lengthOf(filter.category)
  return dated({ products: rowsOrThrow('products', answer).map(toCard), total })
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
        .select('slug, title, blurb, picture')
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

/** Where shoppers find us: active places with an address, in their order. */
export async function readPlaces(): Promise<Dated<CollectionPoint[]>> {
  'use cache'
  cacheTag(cacheTags.places)
  cacheLife(catalogLife)
  const rows = await everyRow('locations', (from, to) =>
    secretClient()
      .from('locations')
      .select('id, name, address, hours, hours_note')
      .eq('active', true)
      .order('position')
      .order('id')
      .range(from, to),
  )
  return dated(CollectionPoint.array().parse(rows.filter(({ address }) => address !== '')))
}

/** Where the shop delivers, in the order in which private.charge_for_delivery asks. */
export async function readDeliveryOffers(): Promise<Dated<DeliveryOffer[]>> {
  'use cache'
  cacheTag(cacheTags.delivery)
  cacheLife(catalogLife)
  const zones = await everyRow('delivery_zones', (from, to) =>
    secretClient()
      .from('delivery_zones')
      .select('countries, postcodes, rates_from_minor, rates_minor, estimate')
      .order('created_at')
      .order('id')
      .range(from, to),
  )
  return dated(
    zones.map(({ countries, postcodes, rates_from_minor, rates_minor, estimate }) => ({
      countries,
      isWhole: postcodes.length === 0,
      rates: rates_from_minor.map((fromMinor, at) => ({ fromMinor, minor: rates_minor[at] ?? 0 })),
      estimate,
    })),
  )
}

/** Called inside a cached read, so the date is that of the read. */
function dated<Value>(value: Value): Dated<Value> {
  return { value, readAt: Date.now() }
}
