import 'server-only'
import { parseRows } from '@/lib/domain/live/rest'
import { type ShelfRow, shelfOf } from '@/lib/domain/stock/shelf'
import { rowsOrThrow } from './refusals'
import { secretClient } from './supabase'

/** The ids whose shelf is read. */
export interface ShelfIds {
  readonly product_id?: readonly string[]
  readonly variant_id?: readonly string[]
}

/** The shelf rows of some products and variants, by one statement that no row limit cuts. */
export async function readShelf({ product_id = [], variant_id = [] }: ShelfIds): Promise<ShelfRow[]> {
  const answer = await secretClient().rpc('read_shelf', {
    product_ids: [...product_id],
    variant_ids: [...variant_id],
  })
  return parseRows(shelfOf([]).source, rowsOrThrow('read_shelf', answer))
}
