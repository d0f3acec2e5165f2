import 'server-only'
import { cacheLife, cacheTag } from 'next/cache'
import type { CollectionPoint } from '@/lib/domain/place'
import { cacheTags, catalogLife } from './cache-tags'
import { rowsOrThrow } from './refusals'
import { secretClient } from './supabase'

/** Where shoppers find us: active places with an address, in their order. */
export async function shopPlaces(): Promise<CollectionPoint[]> {
  'use cache'
  cacheTag(cacheTags.places)
  cacheLife(catalogLife)
  const rows = rowsOrThrow(
    'locations',
    await secretClient()
      .from('locations')
      .select('id, name, address')
      .eq('active', true)
      .order('position')
      .order('id'),
  )
  return rows.filter(({ address }) => address !== '')
}
