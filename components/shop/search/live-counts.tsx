'use client'

import { createContext, type ReactNode, use, useMemo } from 'react'
import { useFilterCounts } from '@/lib/client/documents/use-filter-counts'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import type { FilterCounts } from '@/lib/domain/products/search-filters'
import { isBuyable, type ShelfRow, shelfOf } from '@/lib/domain/stock/shelf'

const Counts = createContext<FilterCounts>({ categories: {}, choices: {}, in_stock: 0 })

const none: readonly ShelfRow[] = []

/** Keeps the numbers inside it true while the products of the list sell. Renders its children. */
export function LiveCounts({
  parameters,
  productIds,
  first,
  children,
}: {
  /** The list, as parameters of its address. */
  parameters: string
  /** Its products on screen. */
  productIds: readonly string[]
  first: FilterCounts
  children: ReactNode
}) {
  const { rows } = useLiveQuery(shelfOf(productIds), none)
  const buyable = useMemo(() => {
    const ids = new Set(rows.filter(isBuyable).map((row) => row.product_id))
    return rows.length > 0 ? [...ids].sort().join() : null
  }, [rows])
  return <Counts value={useFilterCounts(parameters, first, buyable)}>{children}</Counts>
}

/** The name of a filter with its number of products: "Blue (3)". Renders text. */
export function CountedName({
  name,
  of,
  value = '',
}: {
  name: string
  of: 'category' | 'choice' | 'stock'
  /** The category or the choice. */
  value?: string
}) {
  const { categories, choices, in_stock } = use(Counts)
  const products = of === 'stock' ? in_stock : ((of === 'category' ? categories : choices)[value] ?? 0)
  return `${name} (${products})`
}
