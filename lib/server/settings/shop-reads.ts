import 'server-only'
import { cacheLife, cacheTag } from 'next/cache'
import type { Shop } from '@/lib/domain/settings/shop'
import { cacheTags, catalogLife } from '@/lib/server/platform/cache-tags'
import type { Dated } from '@/lib/server/resilience/last-known'
import { readShop } from './shop-row'

/** The identity of the shop, read once for all pages of a server until a manager changes it. */
export async function readShopOnce(): Promise<Dated<Shop>> {
  'use cache'
  cacheTag(cacheTags.catalog)
  cacheLife(catalogLife)
  return { value: await readShop(), readAt: Date.now() }
}
