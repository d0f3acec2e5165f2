import 'server-only'
import type { CollectionPoint } from '@/lib/domain/place'
import { readPlaces } from './catalog-reads'
import { lastKnown } from './last-known'

/** Where shoppers find us: active places with an address, in their order. */
export async function shopPlaces(): Promise<CollectionPoint[]> {
  return lastKnown('places', readPlaces)
}
