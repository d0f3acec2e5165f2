import { type LiveQuery, type LiveSource, liveQuery } from '@/lib/domain/live/query'

/** A variant's public stock state: in stock, low, sold out, or unavailable. */
export const shelfBands = ['in', 'low', 'out', 'unlisted'] as const
export type ShelfBand = (typeof shelfBands)[number]

/** The public stock of one variant; `left` is in units, and null where the number is not told. */
export interface ShelfRow {
  variant_id: string
  product_id: string
  band: ShelfBand
  left: number | null
  version: number
}

/** By hand: a schema library would weigh more than the rest of what makes a shopper's page live. */
function parse(candidate: unknown): ShelfRow | null {
  if (typeof candidate !== 'object' || candidate === null) return null
  const { variant_id, product_id, band: named, left, version } = candidate as Record<string, unknown>
  const band = shelfBands.find((each) => each === named)
  if (typeof variant_id !== 'string' || typeof product_id !== 'string' || !band) return null
  if (left !== null && !isWhole(left)) return null
  return isWhole(version) ? { variant_id, product_id, band, left, version } : null
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

const shelf: LiveSource<ShelfRow> = {
  table: 'shelf',
  columns: ['variant_id', 'product_id', 'band', 'left', 'version'],
  by: 'product_id',
  parse,
  id: (row) => row.variant_id,
  version: (row) => row.version,
  sharedAt: '/shelf',
  broadcastBy: 'product_id',
}

/** The shelf of some products: one row for each of their variants. */
export function shelfOf(productIds: readonly string[]): LiveQuery<ShelfRow> {
  return liveQuery(shelf, productIds)
}

/** The shelf of some variants, for products with too many to follow them all. */
export function shelfOfVariants(variantIds: readonly string[]): LiveQuery<ShelfRow> {
  return liveQuery({ ...shelf, by: 'variant_id' }, variantIds)
}

/** The stock state of one variant, or of a whole product. */
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

/** More than this at once is for the cart's own page. */
const mostAtOnce = 10

/**
 * How many units a list of quantities offers: never more than can be had.
 *
 * @param least the units that are there where the shelf tells no number.
 */
export function offeredUnits({ left }: Stock, least: number): number {
  return Math.min(mostAtOnce, left ?? least)
}

/** Whether a shopper may put it into a cart. */
export function isBuyable(stock: Stock): boolean {
  return stock.band === 'in' || stock.band === 'low'
}
