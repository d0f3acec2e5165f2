import 'server-only'
import { catalogueHeading, catalogueRecords } from '@/lib/domain/exports/catalogue-records'
import { byteOrderMark, csvLines } from '@/lib/domain/exports/csv'
import { inventoryHeading, inventoryRecords } from '@/lib/domain/exports/inventory-records'
import { ExportedProduct } from '@/lib/domain/exports/product'
import type { Location } from '@/lib/domain/stock/place'
import { shopCurrency } from '@/lib/server/imports/imports'
import { everyRow, pagesByNumber } from '@/lib/server/platform/every-row'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import type { Supabase } from '@/lib/server/platform/supabase'

// CSV exports, read so many products at a time that no file is ever in memory as a whole. Their variants, units and
// pictures are reads of their own: the Data API cuts rows that are embedded in others at its max_rows silently.

/** Products a page; their ids are in the address of each read. */
const PAGE = 100

/** The whole catalogue as Shopify's product CSV, in the order of the shop, with what is not on sale. */
export async function* catalogueCsv(client: Supabase): AsyncGenerator<string> {
  const currency = await shopCurrency(client)
  const kept = await keptColumns(client)
  yield byteOrderMark + csvLines([catalogueHeading(kept)])
  for await (const products of productPages(client, { pictures: true, levels: false })) {
    yield csvLines(products.flatMap((product) => catalogueRecords(product, currency, kept)))
  }
}

/** The units of all variants at these locations as Shopify's inventory CSV, each with its ledger position. */
export async function* inventoryCsv(
  client: Supabase,
  locations: readonly Location[],
): AsyncGenerator<string> {
  yield byteOrderMark + csvLines([inventoryHeading])
  for await (const products of productPages(client, { pictures: false, levels: true })) {
    yield csvLines(products.flatMap((product) => inventoryRecords(product, locations)))
  }
}

/** The reads beside the products and their variants. */
interface Wanted {
  pictures: boolean
  levels: boolean
}

/** The headings that imported files brought and the shop only keeps, each once, in the order of the imports. */
async function keptColumns(client: Supabase): Promise<string[]> {
  const headings = new Set<string>()
  const pages = pagesByNumber('imports', PAGE, (after) =>
    client
      .from('imports')
      .select('number, kept_columns')
      .not('applied_at', 'is', null)
      .gt('number', after)
      .order('number')
      .limit(PAGE),
  )
  for await (const rows of pages) {
    for (const heading of rows.flatMap((row) => row.kept_columns)) headings.add(heading)
  }
  return [...headings]
}

/** All products, by key and not by offset: concurrent inserts and deletes shift no row. */
async function* productPages(client: Supabase, wanted: Wanted): AsyncGenerator<ExportedProduct[]> {
  let last: { position: number; id: string } | undefined
  do {
    const all = client
      .from('products')
      .select(
        'id, position, handle, title, description_html, vendor, tags, option_names, tax_rate_bp, status, kept_columns (columns), categories (slug, title)',
      )
      .limit(PAGE)
    const after = last
      ? all.or(`position.gt.${last.position},and(position.eq.${last.position},id.gt.${last.id})`)
      : all
    const rows = rowsOrThrow('products', await after.order('position').order('id'))
    yield await withParts(client, rows, wanted)
    last = rows[PAGE - 1]
  } while (last)
}

/** These products with all their variants, and with the pictures and levels that are wanted. */
async function withParts(client: Supabase, products: { id: string }[], wanted: Wanted) {
  const ids = products.map(({ id }) => id)
  const [variants, pictures, levels] = await Promise.all([
    variantsOf(client, ids),
    wanted.pictures ? picturesOf(client, ids) : [],
    wanted.levels ? levelsOf(client, ids) : [],
  ])
  const levelsBy = Map.groupBy(levels, ({ variant_id }) => variant_id)
  const variantsBy = Map.groupBy(variants, ({ product_id }) => product_id)
  const picturesBy = Map.groupBy(pictures, ({ product_id }) => product_id)
  return ExportedProduct.array().parse(
    products.map((product) => ({
      ...product,
      variants: (variantsBy.get(product.id) ?? []).map((variant) => ({
        ...variant,
        stock_levels: levelsBy.get(variant.id) ?? [],
      })),
      product_media: picturesBy.get(product.id) ?? [],
    })),
  )
}

const variantsOf = (client: Supabase, products: string[]) =>
  everyRow('variants', (from, to) =>
    client
      .from('variants')
      .select(
        'id, product_id, sku, option_values, price_minor, compare_at_minor, barcode, position, active, kept_columns (columns)',
      )
      .in('product_id', products)
      .order('id')
      .range(from, to),
  )

const picturesOf = (client: Supabase, products: string[]) =>
  everyRow('product_media', (from, to) =>
    client
      .from('product_media')
      .select('product_id, src, alt, position, variant_id')
      .in('product_id', products)
      .order('id')
      .range(from, to),
  )

const levelsOf = (client: Supabase, products: string[]) =>
  everyRow('stock_levels', (from, to) =>
    client
      .from('stock_levels')
      .select(
        'variant_id, location_id, on_hand, held, committed, safety, available, ledger_position, variants!inner()',
      )
      .in('variants.product_id', products)
      .order('variant_id')
      .order('location_id')
      .range(from, to),
  )
