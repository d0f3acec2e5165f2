'use client'

import { useEffect, useRef } from 'react'
import useSWR from 'swr'
import { countsAreSharedMs, type FilterCounts } from '@/lib/domain/products/search-filters'

/** Sales of products on other pages of the list are counted so often, in milliseconds; not in hidden windows. */
const rereadMs = 15_000

/**
 * The numbers beside the filters of a list: read again a second after one of its products on screen sells out or comes
 * back, and every 15 seconds.
 *
 * @param first the numbers as the server rendered them.
 * @param buyable names the products on screen that can be bought; null while that is not known.
 */
export function useFilterCounts(
  parameters: string,
  first: FilterCounts,
  buyable: string | null,
): FilterCounts {
  const { data = first, mutate } = useSWR<FilterCounts>(`/search/counts?${parameters}`, read, {
    fallbackData: first,
    revalidateOnMount: false,
    refreshInterval: rereadMs,
    shouldRetryOnError: false,
  })
  const known = useRef(buyable)
  useEffect(() => {
    const isChanged = known.current !== null && known.current !== buyable
    known.current = buyable
    if (!isChanged) return
    // The server shares what it read before the change for as long.
    const timer = setTimeout(() => void mutate(), countsAreSharedMs)
    return () => clearTimeout(timer)
  }, [buyable, mutate])
  return data
}

async function read(address: string): Promise<FilterCounts> {
  const response = await fetch(address, { cache: 'no-store' })
  if (!response.ok) throw new Error(`The counts of a list were not read: ${response.status}`)
  return (await response.json()) as FilterCounts
}
