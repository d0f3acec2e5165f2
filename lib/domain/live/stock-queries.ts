import { z } from 'zod'
import { type LiveQuery, liveQuery, liveSource } from '@/lib/domain/live/query'
import { StockLevel, StockMovement } from '@/lib/domain/stock'

/** Exact sums of one variant over all locations, in units. Staff only. */
export const Availability = z.object({
  variant_id: z.uuid(),
  on_hand: z.int(),
  held: z.int(),
  committed: z.int(),
  safety: z.int(),
  available: z.int(),
  version: z.int(),
})
export type Availability = z.infer<typeof Availability>

export const stockLevels = liveSource({
  table: 'stock_levels',
  row: StockLevel,
  by: 'variant_id',
  id: (row) => `${row.variant_id}@${row.location_id}`,
  version: (row) => row.version,
})

const availability = liveSource({
  table: 'availability',
  row: Availability,
  by: 'variant_id',
  id: (row) => row.variant_id,
  version: (row) => row.version,
})

const movements = liveSource({
  table: 'stock_movements',
  row: StockMovement,
  by: 'variant_id',
  id: (row) => String(row.id),
  version: (row) => row.id,
  newest: 100,
})

/** Units per location of some variants. */
export function stockLevelsOf(variantIds: readonly string[]): LiveQuery<StockLevel> {
  return liveQuery(stockLevels, variantIds)
}

/** Exact sums of some variants. */
export function availabilityOf(variantIds: readonly string[]): LiveQuery<Availability> {
  return liveQuery(availability, variantIds)
}

/** The latest lines of one variant's ledger, newest first. */
export function movementsOf(variantId: string): LiveQuery<StockMovement> {
  return liveQuery(movements, [variantId])
}
