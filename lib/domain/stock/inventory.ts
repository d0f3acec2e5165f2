import { z } from 'zod'
import { type ShelfRow, shelfBands } from './shelf'
import { StockLevel } from './stock'

/** A page of the list has at most so many variants, and so many rows for a screen reader, a phone and the server to get through. */
const MOST_ENTRIES = 50
const MOST_ROWS = 100

/** How many variants a page of the list has: fewer where each has a row for many locations. Their live levels are one subscription. */
export function entriesPerPage(places: readonly unknown[]): number {
  return Math.min(MOST_ENTRIES, Math.floor(MOST_ROWS / Math.max(places.length, 1)))
}

/** More locations than these have no rows of their own until one is chosen: each is a row of every variant. */
const MOST_PLACES = 6

/** The locations that the list has rows for: the chosen one, or the first ones, before others those that one may change. */
export function listedLocations<Place extends { id: string }>(
  locations: readonly Place[],
  chosen: string,
  own: readonly Place[],
): readonly Place[] {
  if (chosen) return locations.filter(({ id }) => id === chosen)
  if (locations.length <= MOST_PLACES) return locations
  const others = locations.filter((place) => !own.includes(place))
  return [...own, ...others].slice(0, MOST_PLACES)
}

/** One variant as staff see it: what it is, what shoppers see of it, and its units at every location it was at. */
export const InventoryEntry = z.object({
  variant_id: z.guid(),
  product_id: z.guid(),
  handle: z.string(),
  title: z.string(),
  category: z.string(),
  status: z.enum(['draft', 'active', 'archived']),
  option_names: z.array(z.string()),
  option_values: z.array(z.string()),
  sku: z.string(),
  barcode: z.string().nullable(),
  active: z.boolean(),
  band: z.enum(shelfBands),
  left: z.int().nullable(),
  shelf_version: z.int(),
  picture: z.string().nullable(),
  levels: z.array(StockLevel),
})
export type InventoryEntry = z.infer<typeof InventoryEntry>

/** The list's filters, as they appear in the URL. Unreadable values count as not set. */
export const InventoryFilter = z.object({
  q: z.string().trim().max(200).catch(''),
  category: z.string().catch(''),
  band: z.enum([...shelfBands, '']).catch(''),
  location: z.union([z.guid(), z.literal('')]).catch(''),
  after: z.union([z.guid(), z.literal('')]).catch(''),
})
export type InventoryFilter = z.infer<typeof InventoryFilter>

/**
 * The arguments of search_inventory for the rows of a list.
 *
 * @param places the locations that the list has rows for: no other levels are read.
 */
export function inventoryQuery(
  { q, category, band, location, after }: InventoryFilter,
  places: readonly { id: string }[],
  size: number,
) {
  return {
    levels_at: places.map(({ id }) => id),
    ...(q && { query: q }),
    ...(category && { category }),
    ...(band && { band }),
    ...(location && { location_id: location }),
    ...(after && { after }),
    size,
  }
}

/** Some rows of the list, in its order. */
export interface InventoryPage {
  entries: InventoryEntry[]
  /** Whether there are entries after the last one. */
  hasMore: boolean
}

/** A page of `size` from rows that were asked for with one more, which only says that there are more. */
export function inventoryPage(rows: readonly unknown[], size: number): InventoryPage {
  const entries = rows.map((row) => InventoryEntry.parse(row))
  return { entries: entries.slice(0, size), hasMore: entries.length > size }
}

/** How many variants are low or out; counted to a thousand. */
export const BandCounts = z
  .array(z.object({ band: z.enum(['low', 'out']), variants: z.int() }))
  .transform((rows) => Object.fromEntries(rows.map(({ band, variants }) => [band, variants])))
export type BandCounts = z.infer<typeof BandCounts>

/** The shopper's view of a variant's stock, in the live layer's row shape. */
export function shelfOfEntry(entry: InventoryEntry): ShelfRow {
  const { variant_id, product_id, band, left, shelf_version: version } = entry
  return { variant_id, product_id, band, left, version }
}

/** The address of the list narrowed so, without what is not set. */
export function inventoryAddress(filter: Partial<InventoryFilter>): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''))
  return query.size > 0 ? `/staff?${query}` : '/staff'
}

/** The options of a variant in words: "Small, Celadon"; empty when there is nothing to choose. */
export function optionsInWords({ option_values }: Pick<InventoryEntry, 'option_values'>): string {
  return option_values.join(', ')
}

/** A level of zeros, for a place the variant was never at. */
export function emptyLevel(variantId: string, locationId: string): StockLevel {
  return {
    variant_id: variantId,
    location_id: locationId,
    on_hand: 0,
    held: 0,
    committed: 0,
    safety: 0,
    available: 0,
    ledger_position: 0,
    version: 0,
    updated_at: '',
  }
}
