import 'server-only'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'

/** More are not looked at: a page opens on one of them. */
const MOST = 1000

/** The variants of a product that can be bought, for products with too many to follow the stock of all. */
export async function buyableVariants(productId: string): Promise<ReadonlySet<string>> {
  const answer = await secretClient()
    .from('shelf')
    .select('variant_id')
    .eq('product_id', productId)
    .in('band', ['in', 'low'])
    .order('variant_id')
    .limit(MOST)
  return new Set(rowsOrThrow('shelf', answer).map(({ variant_id }) => variant_id))
}
