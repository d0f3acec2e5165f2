import 'server-only'
import { cacheLife, cacheTag } from 'next/cache'
import { z } from 'zod'
import { cacheTags, catalogLife } from '@/lib/server/platform/cache-tags'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'

const Address = z.string().min(1).max(255)

/** Where an address leads that is no active product's: to the handle of one, to one that is no longer sold, or nowhere. */
export type AddressEnd = { handle: string } | 'gone' | null

/** The end of an address, as imports and changed handles keep them. */
export async function endOf(address: string): Promise<AddressEnd> {
  'use cache'
  if (!Address.safeParse(address).success) return null
  cacheTag(cacheTags.catalog)
  cacheLife(catalogLife)
  const client = secretClient()
  const [own, others] = await Promise.all([
    client.from('products').select('handle, status').eq('handle', address).limit(1),
    client.from('product_addresses').select('product_id').eq('handle', address).limit(1),
  ])
  const [found] = rowsOrThrow('products', own)
  if (found) return found.status === 'archived' ? 'gone' : null
  const [other] = rowsOrThrow('product_addresses', others)
  if (!other) return null
  const products = await client.from('products').select('handle, status').eq('id', other.product_id).limit(1)
  const [product] = rowsOrThrow('products', products)
  if (product?.status === 'active') return { handle: product.handle }
  return product?.status === 'archived' ? 'gone' : null
}
