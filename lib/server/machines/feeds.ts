import 'server-only'
import { feedEnd, feedHead, localItem, productItems } from '@/lib/domain/machines/merchant-feed'
import type { Product } from '@/lib/domain/products/product'
import type { ShelfRow } from '@/lib/domain/stock/shelf'
import { everyRow, pagesByNumber } from '@/lib/server/platform/every-row'
import { secretClient } from '@/lib/server/platform/supabase'
import { productColumns, toProduct } from '@/lib/server/products/catalog-rows'
import { shopFacts } from '@/lib/server/products/shop-facts'
import { currentShop } from '@/lib/server/settings/shop'

/** Products read at once; their ids are in the address of the reads beside them. */
const PORTION = 100

/** The product feed: every variant that is on sale and has a picture, with the stock that the pages show. */
export async function* productFeed(): AsyncGenerator<string> {
  const [facts, shop] = await Promise.all([shopFacts(), currentShop()])
  yield feedHead(shop.name, facts.origin, new Date())
  for await (const products of portions()) {
    const shelf = await shelfOfProducts(products)
    yield products.map((product) => productItems(product, shelf.get(product.id) ?? [], facts)).join('')
  }
  yield feedEnd
}

/** The local inventory feed: every variant of the product feed at every location that shoppers can come to. */
export async function* inventoryFeed(): AsyncGenerator<string> {
  const [facts, shop, stores] = await Promise.all([shopFacts(), currentShop(), readStores()])
  yield feedHead(shop.name, facts.origin, new Date())
  for await (const products of portions()) {
    const [shelf, levels] = await Promise.all([shelfOfProducts(products), levelsOfProducts(products)])
    for (const product of products.filter(({ pictures }) => pictures.length > 0)) {
      const rows = shelf.get(product.id) ?? []
      const items = product.variants.flatMap((variant) =>
        stores.map(({ id, slug }) => {
          const available = levels.get(`${variant.id} ${id}`) ?? 0
          return localItem({ variant, store: slug, available }, rows, shop.low_stock_at)
        }),
      )
      yield items.join('')
    }
  }
  yield feedEnd
}

/** All products on sale. */
async function* portions(): AsyncGenerator<Product[]> {
  const pages = pagesByNumber('shop_products', PORTION, (after) =>
    secretClient()
      .from('shop_products')
      .select(`number, ${productColumns}`)
      .gt('number', after)
      .order('number')
      .limit(PORTION),
  )
  for await (const rows of pages) yield rows.map(toProduct)
}

async function shelfOfProducts(products: readonly Product[]): Promise<Map<string, ShelfRow[]>> {
  const rows = await everyRow('shelf', (from, to) =>
    secretClient()
      .from('shelf')
      .select('variant_id, product_id, band, left, version')
      .in(
        'product_id',
        products.map(({ id }) => id),
      )
      .order('variant_id')
      .range(from, to),
  )
  return Map.groupBy(rows, ({ product_id }) => product_id)
}

/** Units that can be sold, by "variant location". */
async function levelsOfProducts(products: readonly Product[]): Promise<Map<string, number>> {
  const rows = await everyRow('stock_levels', (from, to) =>
    secretClient()
      .from('stock_levels')
      .select('variant_id, location_id, available, variants!inner()')
      .in(
        'variants.product_id',
        products.map(({ id }) => id),
      )
      .order('variant_id')
      .order('location_id')
      .range(from, to),
  )
  return new Map(
    rows.map(({ variant_id, location_id, available }) => [`${variant_id} ${location_id}`, available]),
  )
}

/** Locations with an address: where orders are collected. */
async function readStores(): Promise<{ id: string; slug: string }[]> {
  return everyRow('locations', (from, to) =>
    secretClient()
      .from('locations')
      .select('id, slug')
      .eq('active', true)
      .neq('address', '')
      .order('id')
      .range(from, to),
  )
}
