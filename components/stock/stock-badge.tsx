'use client'

import { useFreshness } from '@/lib/client/live/use-freshness'
import { useLiveQuery } from '@/lib/client/live/use-live-query'
import { useInView } from '@/lib/client/use-in-view'
import { type ShelfRow, shelfOf, stockOfProduct, stockOfVariant } from '@/lib/domain/shelf'
import { StockWords } from './stock-words'

/**
 * The live stock of a product, or of one of its variants, in words; follows the shelf while it is on screen.
 * Renders a `<span>`; `data-band` says which words, `data-uncertain` is there while they may be out of date.
 *
 * @param first the product's shelf as the server rendered it: `firstValue(shelfOf([productId]))`.
 */
export function StockBadge({
  productId,
  variantId,
  first,
}: {
  productId: string
  variantId?: string
  first: readonly ShelfRow[]
}) {
  const { ref, isInView } = useInView<HTMLSpanElement>()
  const { rows, freshness } = useLiveQuery(shelfOf([productId]), first, isInView)
  const { isFresh } = useFreshness(isInView ? freshness : null)
  const stock = variantId ? stockOfVariant(rows, variantId) : stockOfProduct(rows)
  const isLive = isInView && freshness?.name === 'live'
  return <StockWords ref={ref} stock={stock} isLive={isLive} isUncertain={!isFresh} />
}
