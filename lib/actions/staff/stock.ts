'use server'

import { accepted, type Result } from '@/lib/domain/core/result'
import type { StockLevel } from '@/lib/domain/stock/stock'
import {
  Adjustment,
  AdjustmentOfMany,
  Delivery,
  deliveryFields,
  levelsFields,
  Recount,
  SafetyStock,
  type StockAnswer,
  Transfer,
  transferFields,
  Undo,
} from '@/lib/domain/stock/stock-request'
import { receiveByCode } from '@/lib/server/deliveries/delivery'
import { defineForm } from '@/lib/server/forms/define-form'
import * as stock from '@/lib/server/stock/stock'

// Each answers with the levels it left behind. The form's idempotency key makes a repeat harmless. Row level security and
// the SQL functions decide what is allowed.

export const adjustStock = defineForm({
  least: 'stock',
  schema: Adjustment,
  run: async (adjustment) => asList(await stock.adjustStock(adjustment)),
})

export const adjustLevels = defineForm({
  least: 'stock',
  schema: AdjustmentOfMany,
  read: levelsFields,
  run: stock.adjustLevels,
})

export const undoStockChange = defineForm({ least: 'stock', schema: Undo, run: stock.undoStockChange })

export const recountStock = defineForm({
  least: 'stock',
  schema: Recount,
  run: async (recount) => asList(await stock.recountStock(recount)),
})

export const setSafetyStock = defineForm({
  least: 'stock',
  schema: SafetyStock,
  run: async (safety) => asList(await stock.setSafetyStock(safety)),
})

export const transferStock = defineForm({
  least: 'stock',
  schema: Transfer,
  read: transferFields,
  run: stock.transferStock,
})

export const receiveStock = defineForm({
  least: 'stock',
  schema: Delivery,
  read: deliveryFields,
  run: receiveByCode,
})

function asList(result: Result<StockLevel>): StockAnswer {
  return result.ok ? accepted([result.data]) : result
}
