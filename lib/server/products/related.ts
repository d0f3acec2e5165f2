import 'server-only'
import { cacheLife, cacheTag } from 'next/cache'
import { z } from 'zod'
import type { ProductCard } from '@/lib/domain/products/product'
import { cacheTags } from '@/lib/server/platform/cache-tags'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'
import { cardColumns, toCard } from './catalog-rows'

const Asked = z.object({ productId: z.guid(), category: z.string().min(1).max(255) })

/** More than are shown: some are no longer on sale. */
const CANDIDATES = 12
const MOST = 4

/** Sales change it by the minute, so it is read again after some minutes. */
const life = { stale: 60, revalidate: 120, expire: 600 } as const

/**
 * Products for the page of another one: those that are in most orders with it, then the newest of its category. Four at most.
 */
export async function relatedTo(productId: string, category: string): Promise<ProductCard[]> {
  'use cache'
  if (!Asked.safeParse({ productId, category }).success) return []
  cacheTag(cacheTags.catalog)
  cacheLife(life)
  const client = secretClient()
  const together = rowsOrThrow(
    'bought_together',
    await client
      .from('bought_together')
      .select('other_id')
      .eq('product_id', productId)
      .order('orders', { ascending: false })
      .order('other_id')
      .limit(CANDIDATES),
  ).map(({ other_id }) => other_id)
  const [bought, newest] = await Promise.all([
    client.from('shop_products').select(cardColumns).in('id', together).limit(CANDIDATES),
    client
      .from('shop_products')
      .select(cardColumns)
      .eq('category', category)
      .neq('id', productId)
      .order('number', { ascending: false })
      .limit(CANDIDATES),
  ])
  const cards = rowsOrThrow('shop_products', bought).map(toCard)
  const first = cards.toSorted((a, b) => together.indexOf(a.id) - together.indexOf(b.id))
  const others = rowsOrThrow('shop_products', newest)
    .map(toCard)
    .filter(({ id }) => !together.includes(id))
  return [...first, ...others].slice(0, MOST)
}
