import 'server-only'
import { entriesPerPage, InventoryEntry, type InventoryFilter } from '@/lib/domain/inventory'
import { rowsOrThrow } from './refusals'
import { sessionClient } from './supabase'

export interface InventoryPage {
  entries: InventoryEntry[]
  /** Whether there are entries after the last one. */
  hasMore: boolean
}

/** The variants a colleague looks for, in the one order of the list. Nobody but staff gets any. */
export async function searchInventory(filter: InventoryFilter): Promise<InventoryPage> {
  const client = await sessionClient()
  const rows = rowsOrThrow(
    'search_inventory',
    await client.rpc('search_inventory', {
      ...(filter.q && { query: filter.q }),
      ...(filter.category && { category: filter.category }),
      ...(filter.band && { band: filter.band }),
      ...(filter.location && { location_id: filter.location }),
      ...(filter.after && { after: filter.after }),
      size: entriesPerPage + 1,
    }),
  )
  const entries = rows.map((row) => InventoryEntry.parse(row))
  return { entries: entries.slice(0, entriesPerPage), hasMore: entries.length > entriesPerPage }
}

/** One variant; null when there is none with this id (or the caller is no staff). */
export async function inventoryEntry(variantId: string): Promise<InventoryEntry | null> {
  const client = await sessionClient()
  const rows = rowsOrThrow(
    'inventory',
    await client.from('inventory').select('*').eq('variant_id', variantId),
  )
  return rows[0] ? InventoryEntry.parse(rows[0]) : null
}

/** The variants with these SKUs or barcodes, as a scanner or a delivery note names them. */
export async function inventoryByCode(codes: string[]): Promise<InventoryEntry[]> {
  const client = await sessionClient()
  const answers = await Promise.all([
    client.from('inventory').select('*').in('sku', codes),
    client.from('inventory').select('*').in('barcode', codes),
  ])
  const rows = answers.flatMap((answer) => rowsOrThrow('inventory', answer))
  return [...new Map(rows.map((row) => [row.variant_id, InventoryEntry.parse(row)])).values()]
}
