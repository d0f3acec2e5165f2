'use client'

import { useMemo } from 'react'
import { readProduct } from '@/lib/actions/staff/products'
import { useDocument } from '@/lib/client/documents/use-document'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { dataOrThrow } from '@/lib/domain/core/result'
import { ageOf, type ProductSheet } from '@/lib/domain/products/editing/sheet'
import { productsOf, variantsOf } from '@/lib/domain/products/live'

/** A product, live: read again whenever another staff member or an import changes it. `take` shows a newer state. */
export function useSheet(first: ProductSheet): {
  sheet: ProductSheet
  take: (sheet: ProductSheet) => void
} {
  const { id } = first
  const firstProduct = useMemo(() => [{ id, version: first.version }], [id, first])
  const firstVariants = useMemo(
    () => first.variants.map((each) => ({ id: each.id, product_id: id, version: each.version })),
    [id, first],
  )
  const product = useLiveQuery(
    useMemo(() => productsOf([id]), [id]),
    firstProduct,
  ).rows[0]
  const variants = useLiveQuery(
    useMemo(() => variantsOf([id]), [id]),
    firstVariants,
  ).rows
  const { document: sheet, take } = useDocument({
    name: 'product',
    id,
    first,
    versionOf: (sheet) => ageOf(sheet),
    announced: product ? ageOf({ ...product, variants }) : 0,
    read: async () => dataOrThrow('product', await readProduct(id)),
  })
  return { sheet, take }
}
