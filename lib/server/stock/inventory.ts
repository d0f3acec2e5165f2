import 'server-only'
import {
  BandCounts,
  entriesPerPage,
  InventoryEntry,
  type InventoryFilter,
  type InventoryPage,
  inventoryPage,
  inventoryQuery,
} from '@/lib/domain/stock/inventory'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

/** The variants of the staff filter, in the list's order, with their levels at `places`. Only staff get rows. */
export async function searchInventory(
  filter: InventoryFilter,
  places: readonly { id: string }[],
): Promise<InventoryPage> {
  const client = await sessionClient()
  const size = entriesPerPage(places)
  const rows = rowsOrThrow(
    'search_inventory',
    await client.rpc('search_inventory', inventoryQuery(filter, places, size + 1)),
  )
  return inventoryPage(rows, size)
}

/** How many variants a shopper reads as nearly or wholly sold out. */
export async function bandCounts(): Promise<BandCounts> {
  const client = await sessionClient()
  return BandCounts.parse(rowsOrThrow('count_bands', await client.rpc('count_bands')))
}

/** One variant; null when there is none with this id (or the caller is no staff). */
export async function inventoryEntry(variantId: string): Promise<InventoryEntry | null> {
  const client = await sessionClient()
  const rows = rowsOrThrow(
    'inventory',
    await client.from('inventory').select('*').eq('variant_id', variantId).limit(1),
  )
  return rows[0] ? InventoryEntry.parse(rows[0]) : null
}
