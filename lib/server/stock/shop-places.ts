import 'server-only'
import type { CollectionPoint } from '@/lib/domain/stock/place'
import { readPlaces } from '@/lib/server/products/catalog-reads'
import { lastKnown } from '@/lib/server/resilience/last-known'

/** Where shoppers find us: active places with an address, in their order. */
export async function shopPlaces(): Promise<CollectionPoint[]> {
  return lastKnown('places', readPlaces)
}
