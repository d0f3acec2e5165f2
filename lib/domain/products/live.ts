import { z } from 'zod'
import { liveList } from '@/lib/domain/live/live-list'
import { type LiveQuery, type LiveSource, liveQuery } from '@/lib/domain/live/query'
import { rowsOf } from '@/lib/domain/stock/live'

/** The version of a product or one of its variants: enough to know when to reload it. */
const ProductPulse = z.object({ id: z.guid(), version: z.int() })
export type ProductPulse = z.infer<typeof ProductPulse>
const VariantPulse = z.object({ id: z.guid(), product_id: z.guid(), version: z.int() })
export type VariantPulse = z.infer<typeof VariantPulse>
const MadeProduct = ProductPulse.extend({ number: z.int() })
export type MadeProduct = z.infer<typeof MadeProduct>

const products: LiveSource<ProductPulse> = {
  table: 'products',
  ...rowsOf(ProductPulse),
  by: 'id',
  id: (row) => row.id,
  version: (row) => row.version,
}

const variants: LiveSource<VariantPulse> = {
  table: 'variants',
  ...rowsOf(VariantPulse),
  by: 'product_id',
  id: (row) => row.id,
  version: (row) => row.version,
}

export function productsOf(productIds: readonly string[]): LiveQuery<ProductPulse> {
  return liveQuery(products, productIds)
}

export function variantsOf(productIds: readonly string[]): LiveQuery<VariantPulse> {
  return liveQuery(variants, productIds)
}

/** The newest products, latest first. */
export const newestProducts = liveList<MadeProduct>(
  {
    table: 'products',
    ...rowsOf(MadeProduct),
    by: 'number',
    id: (row) => row.id,
    version: (row) => row.version,
  },
  { pageSize: 10 },
)
