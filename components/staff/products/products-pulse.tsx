'use client'

import { useRefreshOn } from '@/components/staff/shell/use-refresh-on'
import { useLiveList } from '@/lib/client/live/hooks/use-live-list'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import {
  type MadeProduct,
  newestProducts,
  type ProductPulse,
  productsOf,
  type VariantPulse,
  variantsOf,
} from '@/lib/domain/products/live'

/**
 * Keeps the list current: a new product, or a change of one that is shown, renders it again. Renders nothing.
 *
 * @param priced the products whose variants are followed, too, for their prices.
 */
export function ProductsPulse({
  newest,
  shown,
  priced,
  variants,
}: {
  newest: readonly MadeProduct[]
  shown: readonly ProductPulse[]
  priced: readonly string[]
  variants: readonly VariantPulse[]
}) {
  const made = useLiveList(newestProducts, newest)
  const products = useLiveQuery(productsOf(shown.map(({ id }) => id)), shown)
  const offers = useLiveQuery(variantsOf(priced), variants)
  // As many of the newest as were rendered: those they push out are nobody's concern.
  const latest = made.rows.slice(0, Math.max(1, newest.length))
  useRefreshOn([...latest, ...products.rows, ...offers.rows], [...newest, ...shown, ...variants])
  return null
}
