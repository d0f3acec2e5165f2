'use client'

import { useInView } from '@/lib/client/hooks/use-in-view'
import { useFreshness } from '@/lib/client/live/hooks/use-freshness'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import {
  type ShelfRow,
  shelfOf,
  shelfOfVariants,
  stockOfProduct,
  stockOfVariant,
} from '@/lib/domain/stock/shelf'
import { StockUnknown, StockWords } from './stock-words'

/** The same array from render to render. */
const none: readonly ShelfRow[] = []

/**
 * The live stock of a product, or of one of its variants, in words; follows the shelf while it is on screen. Renders
 * a `<span>`; `data-band` says which words, `data-uncertain` is there while they may be out of date.
 *
 * @param first the product's shelf as the server rendered it: `firstValue(shelfOf([productId]))`; null for a shelf
 *   that could not be read: the badge then shows a message until the live connection brings it. With isWide it is the
 *   row of the variant alone, and only that row is followed.
 */
export function StockBadge({
  productId,
  variantId,
  isWide = false,
  first,
}: {
  productId: string
  variantId?: string
  isWide?: boolean
  first: readonly ShelfRow[] | null
}) {
  const { ref, isInView } = useInView<HTMLSpanElement>()
  const { rows, freshness } = useLiveQuery(
    isWide && variantId ? shelfOfVariants([variantId]) : shelfOf([productId]),
    first ?? none,
    isInView,
  )
  const { isFresh } = useFreshness(isInView ? freshness : null)
  const stock = variantId ? stockOfVariant(rows, variantId) : stockOfProduct(rows)
  const isLive = isInView && freshness?.name === 'live'
  // Stock is known from the first rows on, or from a live list without any.
  if (first === null && rows.length === 0 && !isLive) return <StockUnknown ref={ref} />
  return <StockWords ref={ref} stock={stock} isLive={isLive} isUncertain={!isFresh} />
}
