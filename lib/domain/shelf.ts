import * as z from 'zod/mini'
import { type LiveQuery, liveQuery, liveSource } from '@/lib/domain/live/query'

/** What a shopper may know of a variant: plenty, few, none, or not for sale. */
export const ShelfBand = z.enum(['in', 'low', 'out', 'unlisted'])
export type ShelfBand = z.infer<typeof ShelfBand>

/** The public stock of one variant; `left` is in units, and null where the number is not told. */
export const ShelfRow = z.object({
  variant_id: z.uuid(),
  product_id: z.uuid(),
  band: ShelfBand,
  left: z.nullable(z.int()),
  version: z.int(),
})
export type ShelfRow = z.infer<typeof ShelfRow>

const shelf = liveSource({
  table: 'shelf',
  row: ShelfRow,
  by: 'product_id',
  id: (row) => row.variant_id,
  version: (row) => row.version,
})

/** The shelf of some products: one row for each of their variants. */
export function shelfOf(productIds: readonly string[]): LiveQuery<ShelfRow> {
  return liveQuery(shelf, productIds)
}

/** What can be said of one variant, or of a whole product. */
export type Stock = Pick<ShelfRow, 'band' | 'left'>

/** A variant the shelf does not know is not for sale. */
export function stockOfVariant(rows: readonly ShelfRow[], variantId: string): Stock {
  return rows.find((row) => row.variant_id === variantId) ?? { band: 'unlisted', left: null }
}

/** A product is as available as its best variant; few units are added up over its variants. */
export function stockOfProduct(rows: readonly ShelfRow[]): Stock {
  const buyable = rows.filter((row) => row.band === 'in' || row.band === 'low')
  if (buyable.length === 0) {
    return { band: rows.some((row) => row.band === 'out') ? 'out' : 'unlisted', left: null }
  }
  const told = buyable.every((row) => row.left !== null)
  return {
    band: buyable.some((row) => row.band === 'in') ? 'in' : 'low',
    left: told ? buyable.reduce((units, row) => units + (row.left ?? 0), 0) : null,
  }
}

/** Whether a shopper may put it into a cart. */
export function isBuyable(stock: Stock): boolean {
  return stock.band === 'in' || stock.band === 'low'
}
