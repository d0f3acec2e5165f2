'use client'

import { useMemo, useState } from 'react'
import useSWRInfinite from 'swr/infinite'
import { z } from 'zod'
import { useDataApi } from '@/lib/client/live/hooks/use-data-api'
import {
  entriesPerPage,
  type InventoryFilter,
  type InventoryPage,
  inventoryAddress,
  inventoryPage,
  inventoryQuery,
} from '@/lib/domain/stock/inventory'
import type { Location } from '@/lib/domain/stock/place'
import { useCacheCleanup } from './use-cache-cleanup'

/** How many variants are fetched at once while a staff member scrolls: a few screens. */
const portion = 100

export interface InventoryList extends InventoryPage {
  /** Whether the rows are those of the filter before, until the response for this one arrives. */
  isSearching: boolean
  /** Whether the last fetch failed. It is retried. */
  hasFailed: boolean
  /** Fetches the next page. Does nothing during a fetch, or at the end. */
  more: () => void
}

/**
 * The inventory narrowed by a filter, as far as it is loaded: from the server's render, then straight from the Data API,
 * page by page by the key of the last row.
 *
 * @param places the locations that the list has rows for.
 * @param first the page that the server rendered for `firstFilter`.
 */
export function useInventoryList(
  filter: InventoryFilter,
  places: readonly Location[],
  first: InventoryPage,
  firstFilter: InventoryFilter,
): InventoryList {
  const { callFunction } = useDataApi()
  const address = inventoryAddress(filter)
  // Every search is a new one: the list may have changed since the filter was used before.
  const [search, setSearch] = useState({ address: inventoryAddress(firstFilter), version: 0 })
  if (search.address !== address) setSearch({ address, version: search.version + 1 })
  const { version } = search

  const { data, error, isValidating, size, setSize } = useSWRInfinite(
    (index, previous: Portion | null) => {
      if (index === 0) return ['inventory', address, version, filter.after] as const
      const last = previous?.hasMore && previous.entries.at(-1)
      return last ? (['inventory', address, version, last.variant_id] as const) : null
    },
    async ([, , , after]): Promise<Portion> => {
      const wanted = after === filter.after ? entriesPerPage(places) : portion
      const rows = await callFunction(
        'search_inventory',
        inventoryQuery({ ...filter, after }, places, wanted + 1),
      )
      return { ...inventoryPage(z.array(z.unknown()).parse(rows), wanted), version }
    },
    {
      revalidateFirstPage: false,
      onError: (cause) => reportError(cause),
      ...(version === 0 && { fallbackData: [{ ...first, version }] }),
    },
  )
  useCacheCleanup('inventory', address, version)

  const portions = data ?? noPortions
  const entries = useMemo(() => portions.flatMap((each) => each.entries), [portions])
  const hasMore = portions.at(-1)?.hasMore ?? false
  const hasFailed = error !== undefined
  return {
    entries,
    hasMore,
    isSearching: portions[0]?.version !== version,
    hasFailed,
    more() {
      if (isValidating || !(hasMore || hasFailed)) return
      void setSize(hasFailed ? size : size + 1)
    },
  }
}

/** A page of one search. */
type Portion = InventoryPage & { version: number }

const noPortions: readonly Portion[] = []
