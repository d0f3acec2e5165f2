'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { z } from 'zod'
import { useRegistry } from '@/lib/client/live/provider'
import {
  entriesPerPage,
  type InventoryFilter,
  type InventoryPage,
  inventoryAddress,
  inventoryPage,
  inventoryQuery,
} from '@/lib/domain/stock/inventory'

/** How many variants are fetched at once while somebody scrolls: a few screens. */
const portion = 100

export interface InventoryList extends InventoryPage {
  /** The rows are those of another filter; the right ones are on their way. */
  isSearching: boolean
  /** The last fetch brought nothing. */
  hasFailed: boolean
  /** Fetches what follows. Does nothing while that is on its way, or at the end. */
  more: () => void
}

/**
 * The inventory narrowed by a filter, as far as it is loaded: from what the server rendered, then straight from the
 * Data API, page by page by the key of the last row.
 *
 * @param first what the server rendered for `firstFilter`.
 */
export function useInventoryList(
  filter: InventoryFilter,
  first: InventoryPage,
  firstFilter: InventoryFilter,
): InventoryList {
  const { ask } = useRegistry()
  const address = inventoryAddress(filter)
  const [shown, setShown] = useState({ page: first, address: inventoryAddress(firstFilter) })
  const [failedAt, setFailedAt] = useState<string | null>(null)
  const fetching = useRef<AbortController | null>(null)

  const fetchPage = useCallback(
    async (wanted: InventoryFilter, size: number, take: (page: InventoryPage) => void) => {
      fetching.current?.abort()
      const mine = new AbortController()
      fetching.current = mine
      try {
        const rows = await ask('search_inventory', inventoryQuery(wanted, size + 1), mine.signal)
        if (!mine.signal.aborted) take(inventoryPage(z.array(z.unknown()).parse(rows), size))
        setFailedAt(null)
      } catch (cause) {
        if (mine.signal.aborted) return
        setFailedAt(address)
        reportError(cause)
      } finally {
        if (fetching.current === mine) fetching.current = null
      }
    },
    [ask, address],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: the address stands for the filter.
  useEffect(() => {
    if (address === shown.address) return
    void fetchPage(filter, entriesPerPage, (page) => setShown({ page, address }))
  }, [address, fetchPage])

  const { page } = shown
  const isSearching = address !== shown.address
  const last = page.entries.at(-1)
  return {
    ...page,
    isSearching,
    hasFailed: failedAt === address,
    more() {
      if (fetching.current || isSearching || !page.hasMore || !last) return
      void fetchPage({ ...filter, after: last.variant_id }, portion, ({ entries, hasMore }) =>
        setShown({ address, page: { entries: [...page.entries, ...entries], hasMore } }),
      )
    },
  }
}
