'use client'

import { useMemo } from 'react'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { emptyLevel, type InventoryEntry } from '@/lib/domain/stock/inventory'
import { stockLevelsOf } from '@/lib/domain/stock/live'
import type { StockLevel } from '@/lib/domain/stock/stock'

/** The live levels of one variant; `at` answers for every location, also for one it was never at. */
export function useLevels(
  entry: InventoryEntry,
  isWatched = true,
): { at: (locationId: string) => StockLevel } {
  const query = useMemo(() => stockLevelsOf([entry.variant_id]), [entry.variant_id])
  const { rows } = useLiveQuery(query, entry.levels, isWatched)
  return {
    at: (locationId) =>
      rows.find(({ location_id }) => location_id === locationId) ?? emptyLevel(entry.variant_id, locationId),
  }
}
