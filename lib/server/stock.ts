import 'server-only'
import type { Result } from '@/lib/domain/result'
import { StockLevel } from '@/lib/domain/stock'
import type { Adjustment, Line, Recount, Transfer } from '@/lib/domain/stock-request'
import { outcome } from './refusals'
import { sessionClient } from './supabase'

// Each is one call of the function of the same name in SQL, which says what it may be refused for. All carry the
// key of the gesture, so a repeat answers with the first outcome.

export async function adjustStock(adjustment: Adjustment): Promise<Result<StockLevel>> {
  const client = await sessionClient()
  return levelIn(outcome('adjust_stock', await client.rpc('adjust_stock', adjustment)))
}

export async function recountStock(recount: Recount): Promise<Result<StockLevel>> {
  const client = await sessionClient()
  return levelIn(outcome('recount_stock', await client.rpc('recount_stock', recount)))
}

/** `document` is the delivery note. */
export async function receiveStock(delivery: {
  location_id: string
  document: string
  lines: Line[]
  idempotency_key: string
}): Promise<Result<StockLevel[]>> {
  const client = await sessionClient()
  return levelsIn(outcome('receive_stock', await client.rpc('receive_stock', delivery)))
}

export async function transferStock(transfer: Transfer): Promise<Result<StockLevel[]>> {
  const client = await sessionClient()
  return levelsIn(outcome('transfer_stock', await client.rpc('transfer_stock', transfer)))
}

function levelIn(result: Result<unknown>): Result<StockLevel> {
  return result.ok ? { ok: true, data: StockLevel.parse(result.data) } : result
}

function levelsIn(result: Result<unknown>): Result<StockLevel[]> {
  return result.ok ? { ok: true, data: StockLevel.array().parse(result.data) } : result
}
