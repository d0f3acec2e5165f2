import type { z } from 'zod'
import { type LiveQuery, type LiveSource, liveQuery } from '@/lib/domain/live/query'
import { StockLevel, StockMovement } from './stock'

/** The schema of a source: exactly its columns are fetched, and a row that does not fit it is dropped. */
export function rowsOf<Schema extends z.ZodObject>(schema: Schema) {
  return {
    columns: Object.keys(schema.shape),
    parse: (candidate: unknown): z.output<Schema> | null => schema.safeParse(candidate).data ?? null,
  }
}

export const stockLevels: LiveSource<StockLevel> = {
  table: 'stock_levels',
  ...rowsOf(StockLevel),
  by: 'variant_id',
  id: (row) => `${row.variant_id}@${row.location_id}`,
  version: (row) => row.version,
}

const movements: LiveSource<StockMovement> = {
  table: 'stock_movements',
  ...rowsOf(StockMovement),
  by: 'variant_id',
  id: (row) => String(row.id),
  version: (row) => row.id,
  newest: 100,
}

/** Units per location of some variants. */
export function stockLevelsOf(variantIds: readonly string[]): LiveQuery<StockLevel> {
  return liveQuery(stockLevels, variantIds)
}

/** The latest lines of one variant's ledger, newest first. */
export function movementsOf(variantId: string): LiveQuery<StockMovement> {
  return liveQuery(movements, [variantId])
}
