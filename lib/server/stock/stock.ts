import 'server-only'
import type { Result } from '@/lib/domain/core/result'
import { StockLevel } from '@/lib/domain/stock/stock'
import {
  AdjustedLevel,
  type Adjustment,
  type AdjustmentOfMany,
  type Line,
  type Recount,
  type SafetyStock,
  type Transfer,
  type Undo,
} from '@/lib/domain/stock/stock-request'
import { outcome } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

// Each function calls the SQL function of the same name, whose comment lists its refusals. All carry the request's
// idempotency key, so a repeat gets the first result.

export async function adjustStock(adjustment: Adjustment): Promise<Result<StockLevel>> {
  const client = await sessionClient()
  return levelIn(outcome('adjust_stock', await client.rpc('adjust_stock', adjustment)))
}

/** One answer for each level, in the order named. */
export async function adjustLevels(adjustment: AdjustmentOfMany): Promise<Result<AdjustedLevel[]>> {
  const client = await sessionClient()
  const result = outcome('adjust_levels', await client.rpc('adjust_levels', adjustment))
  return result.ok ? { ok: true, data: AdjustedLevel.array().parse(result.data) } : result
}

/** The levels of a change after it is undone. */
export async function undoStockChange(undo: Undo): Promise<Result<StockLevel[]>> {
  const client = await sessionClient()
  return levelsIn(outcome('undo_stock_change', await client.rpc('undo_stock_change', undo)))
}

export async function setSafetyStock(safety: SafetyStock): Promise<Result<StockLevel>> {
  const client = await sessionClient()
  return levelIn(outcome('set_safety_stock', await client.rpc('set_safety_stock', safety)))
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
