'use client'

import { stockWords } from '@/components/stock/words'
import { useFreshness } from '@/lib/client/live/hooks/use-freshness'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import type { CartLine } from '@/lib/domain/cart/cart'
import { type ShelfRow, type Stock, shelfOf, stockOfVariant } from '@/lib/domain/stock/shelf'
import { lineStockWords } from './words'

/** The live stock beside a line: of what is held for it, only the rest is news. Renders a `<span>`. */
export function LineStock({
  line,
  isHeld,
  first,
}: {
  line: CartLine
  isHeld: boolean
  first: readonly ShelfRow[]
}) {
  const { rows, freshness } = useLiveQuery(shelfOf([line.product_id]), first)
  const { isFresh } = useFreshness(freshness)
  const stock = stockOfVariant(rows, line.variant_id)
  return (
    <span data-uncertain={!isFresh || undefined} className="figures text-soft data-uncertain:italic">
      {isHeld ? moreWords(stock) : stockWords(stock)}
    </span>
  )
}

function moreWords({ band, left }: Stock): string {
  if (band === 'in' && left === null) return lineStockWords.inStock
  if (band === 'out' || band === 'unlisted') return lineStockWords.thatsTheLastOne
  return left === null ? lineStockWords.onlyAFewMoreLeft : lineStockWords.moreInStock(left)
}
