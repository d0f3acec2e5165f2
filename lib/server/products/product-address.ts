import 'server-only'
import { cacheLife, cacheTag } from 'next/cache'
import { z } from 'zod'
import { cacheTags, catalogLife } from '@/lib/server/platform/cache-tags'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'

const Address = z.string().min(1).max(255)

/** The handle of the active product that another address leads to, as imports keep them; null when it leads nowhere. */
export async function handleAt(address: string): Promise<string | null> {
  'use cache'
  if (!Address.safeParse(address).success) return null
  cacheTag(cacheTags.catalog)
  cacheLife(catalogLife)
  const client = secretClient()
  const addresses = await client.from('product_addresses').select('product_id').eq('handle', address).limit(1)
  const [found] = rowsOrThrow('product_addresses', addresses)
  if (!found) return null
  const products = await client
    .from('products')
    .select('handle')
    .eq('id', found.product_id)
    .eq('status', 'active')
    .limit(1)
  const [product] = rowsOrThrow('products', products)
  return product?.handle ?? null
}
