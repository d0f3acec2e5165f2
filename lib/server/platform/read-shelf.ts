import 'server-only'
import { parseRows } from '@/lib/domain/live/rest'
import { type ShelfRow, shelfOf } from '@/lib/domain/stock/shelf'
import { rowsOrThrow } from './refusals'
import { secretClient } from './supabase'

// In `globalThis`, because Next bundles instrumentation.ts, which answers comparisons, and pages apart.
const shared = globalThis as { onhandStockBroadcast?: boolean }

/** Whether the shop broadcasts its stock (decisions/0046), as of the last row of the shelf that was read; undefined before. */
export function isStockBroadcast(): boolean | undefined {
  return shared.onhandStockBroadcast
}

/** The ids whose shelf is read. */
export interface ShelfIds {
  readonly product_id?: readonly string[]
  readonly variant_id?: readonly string[]
}

export interface ShelfReading {
  readonly rows: ShelfRow[]
  /** Variants whose latest row the database has not broadcast: it sends a row four times a second at most. */
  readonly heldBack: readonly string[]
}

/** The shelf rows of some products and variants, by one statement that no row limit cuts. */
export async function readShelf({ product_id = [], variant_id = [] }: ShelfIds): Promise<ShelfReading> {
  const answer = await secretClient().rpc('read_shelf', {
    product_ids: [...product_id],
    variant_ids: [...variant_id],
  })
  const found = rowsOrThrow('read_shelf', answer)
  const announced = (Array.isArray(found) ? found : []).map((row) => Object(row) as Announced)
  if (announced.length > 0) shared.onhandStockBroadcast = announced.some((row) => row.announced !== null)
  const heldBack = announced.filter((row) => row.announced === false).map((row) => row.variant_id)
  return { rows: parseRows(shelfOf([]).source, found), heldBack }
}

/** The column of a row that no page is told of: null where the shop does not broadcast its stock. */
interface Announced {
  readonly variant_id: string
  readonly announced: boolean | null
}

/** Rows of one request. */
const mostSent = 100
let sending = false

/** Has the latest rows of these variants broadcast. Where that fails, pages find them by comparison. */
export function broadcastShelf(variantIds: readonly string[]): void {
  if (sending || variantIds.length === 0) return
  sending = true
  Promise.resolve(secretClient().rpc('broadcast_shelf', { variant_ids: variantIds.slice(0, mostSent) }))
    .catch(() => undefined)
    .finally(() => {
      sending = false
    })
}
