'use client'

import { useCallback, useMemo } from 'react'
import { lookAtProduct } from '@/lib/actions/staff/products'
import { useCatchUp } from '@/lib/client/hooks/use-catch-up'
import { useNewest } from '@/lib/client/hooks/use-newest'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { ageOf, type ProductSheet } from '@/lib/domain/products/editing/sheet'
import { productsOf, variantsOf } from '@/lib/domain/products/live'

/** A product as it is, live: read again whenever a colleague or an import changes it. `take` shows a newer state. */
export function useSheet(first: ProductSheet): {
  sheet: ProductSheet
  take: (sheet: ProductSheet) => void
} {
  const { newest: sheet, take } = useNewest(first, ageOf)
  const { id } = sheet
  const firstProduct = useMemo(() => [{ id: sheet.id, version: sheet.version }], [sheet])
  const firstVariants = useMemo(
    () => sheet.variants.map((each) => ({ id: each.id, product_id: sheet.id, version: each.version })),
    [sheet],
  )
  const product = useLiveQuery(
    useMemo(() => productsOf([id]), [id]),
    firstProduct,
  ).rows[0]
  const variants = useLiveQuery(
    useMemo(() => variantsOf([id]), [id]),
    firstVariants,
  ).rows
  const readAgain = useCallback(async () => {
    // A save notices a change anyway.
    const answer = await lookAtProduct(id)
    if (answer.ok) take(answer.data)
  }, [id, take])
  useCatchUp(product ? ageOf({ ...product, variants }) : 0, ageOf(sheet), readAgain)

  return { sheet, take }
}
