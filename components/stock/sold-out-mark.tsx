'use client'

import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { isBuyable, type ShelfRow, shelfOf, stockOfVariant } from '@/lib/domain/stock/shelf'
import { soldOutMarkWords } from './words'

/** Says of a choice that it is sold out, live. Renders a `<span data-sold-out>` for screen readers, or nothing. */
export function SoldOutMark({
  productId,
  variantId,
  first,
}: {
  productId: string
  variantId: string
  first: readonly ShelfRow[]
}) {
  const { rows } = useLiveQuery(shelfOf([productId]), first)
  if (rows.length === 0 || isBuyable(stockOfVariant(rows, variantId))) return null
  return (
    <span data-sold-out className="sr-only">
      {soldOutMarkWords.soldOut}
    </span>
  )
}
