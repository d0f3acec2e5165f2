import 'server-only'
import { catalogueHeading, catalogueRecords } from '@/lib/domain/exports/catalogue-records'
import { byteOrderMark, csvLines } from '@/lib/domain/exports/csv'
import { inventoryHeading, inventoryRecords } from '@/lib/domain/exports/inventory-records'
import { ExportedProduct } from '@/lib/domain/exports/product'
import type { Location } from '@/lib/domain/stock/place'
import { shopCurrency } from '@/lib/server/imports/imports'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import type { Supabase } from '@/lib/server/platform/supabase'

// CSV exports, read one Data API page at a time, so no file is ever in memory as a whole.

/** Products a page. Each brings along its variants, their units and its pictures. */
const PAGE = 200

/** The whole catalogue as Shopify's product CSV, in the order of the shop, with what is not on sale. */
export async function* catalogueCsv(client: Supabase): AsyncGenerator<string> {
  const currency = await shopCurrency(client)
  const kept = await keptColumns(client)
  yield byteOrderMark + csvLines([catalogueHeading(kept)])
  for await (const products of productPages(client)) {
    yield csvLines(products.flatMap((product) => catalogueRecords(product, currency, kept)))
  }
}

/** The units of all variants at these locations as Shopify's inventory CSV, each with its ledger position. */
export async function* inventoryCsv(
  client: Supabase,
  locations: readonly Location[],
): AsyncGenerator<string> {
  yield byteOrderMark + csvLines([inventoryHeading])
  for await (const products of productPages(client)) {
    yield csvLines(products.flatMap((product) => inventoryRecords(product, locations)))
  }
}

const columns = `id, position, handle, title, description_html, vendor, tags, option_names, tax_rate_bp, status,
  kept_columns (columns),
  categories (slug, title),
  variants (
    id, sku, option_values, price_minor, compare_at_minor, barcode, position, active,
    kept_columns (columns),
    stock_levels (location_id, on_hand, held, committed, safety, available, ledger_position)
  ),
  product_media (src, alt, position, variant_id)`

/** The headings that imported files brought and the shop only keeps, each once, in the order of the imports. */
async function keptColumns(client: Supabase): Promise<string[]> {
  const headings = new Set<string>()
  let last = 0
  for (;;) {
    const answer = await client
      .from('imports')
      .select('number, kept_columns')
      .not('applied_at', 'is', null)
      .gt('number', last)
      .order('number')
      .limit(PAGE)
    const rows = rowsOrThrow('imports', answer)
    for (const heading of rows.flatMap((row) => row.kept_columns)) headings.add(heading)
    last = rows.at(-1)?.number ?? last
    if (rows.length < PAGE) return [...headings]
  }
}

/** All products, by key and not by offset: concurrent inserts and deletes shift no row. */
async function* productPages(client: Supabase): AsyncGenerator<ExportedProduct[]> {
  let last: ExportedProduct | undefined
  do {
    const all = client.from('products').select(columns).limit(PAGE)
    const after = last
      ? all.or(`position.gt.${last.position},and(position.eq.${last.position},id.gt.${last.id})`)
      : all
    const rows = rowsOrThrow('products', await after.order('position').order('id'))
    const products = ExportedProduct.array().parse(rows)
    yield products
    last = products[PAGE - 1]
  } while (last)
}
