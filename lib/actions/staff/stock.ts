'use server'

import { invalidInput } from '@/lib/domain/core/refusal'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import type { StockLevel } from '@/lib/domain/stock/stock'
import {
  type AdjustedLevel,
  Adjustment,
  AdjustmentOfMany,
  deliveryIn,
  fieldsIn,
  Recount,
  refusedTransfer,
  type StockAnswer,
  transferIn,
  Undo,
} from '@/lib/domain/stock/stock-request'
import { bookDelivery } from '@/lib/server/deliveries/delivery'
import { backToPage } from '@/lib/server/http/back-to-page'
import { staffDoor } from '@/lib/server/session/doors'
import {
  adjustLevels,
  adjustStock,
  recountStock,
  transferStock,
  undoStockChange,
} from '@/lib/server/stock/stock'
import { refusedTransfers } from '@/lib/server/stock/stock-answers'

// Two doors to each change: the call answers with the levels it left behind; the post, for a form without JavaScript,
// leads back to the page, which says how it went, or is answered with it. The form's idempotency_key makes a repeat harmless. Row level
// security and the SQL functions decide what is allowed.

export async function adjust(form: FormData): Promise<StockAnswer> {
  const door = await staffDoor('stock', form)
  if (!door.ok) return door
  const adjustment = Adjustment.safeParse(fieldsIn(form))
  if (!adjustment.success) return refused(invalidInput(adjustment.error))
  return asList(await adjustStock(adjustment.data))
}

/** Takes what a page made of its selection. */
export async function adjustMany(adjustment: AdjustmentOfMany): Promise<Result<AdjustedLevel[]>> {
  const door = await staffDoor('stock')
  if (!door.ok) return door
  const wanted = AdjustmentOfMany.safeParse(adjustment)
  return wanted.success ? adjustLevels(wanted.data) : refused(invalidInput(wanted.error))
}

export async function undo(change: Undo): Promise<StockAnswer> {
  const door = await staffDoor('stock')
  if (!door.ok) return door
  const wanted = Undo.safeParse(change)
  return wanted.success ? undoStockChange(wanted.data) : refused(invalidInput(wanted.error))
}

export async function recount(form: FormData): Promise<StockAnswer> {
  const door = await staffDoor('stock', form)
  if (!door.ok) return door
  const count = Recount.safeParse(fieldsIn(form))
  if (!count.success) return refused(invalidInput(count.error))
  return asList(await recountStock(count.data))
}

export async function transfer(form: FormData): Promise<StockAnswer> {
  const door = await staffDoor('stock', form)
  if (!door.ok) return door
  const wanted = transferIn(form)
  if (!wanted.success) return refused(invalidInput(wanted.error))
  return transferStock(wanted.data)
}

export async function receive(form: FormData): Promise<StockAnswer> {
  const door = await staffDoor('stock', form)
  if (!door.ok) return door
  const delivery = deliveryIn(form)
  if (!delivery.success) return refused(invalidInput(delivery.error))
  return bookDelivery(delivery.data)
}

export async function postAdjustment(form: FormData): Promise<void> {
  await backToPage(await adjust(form))
}

export async function postRecount(form: FormData): Promise<void> {
  await backToPage(withoutMovements(await recount(form)))
}

export async function postTransfer(form: FormData): Promise<void> {
  const answer = await transfer(form)
  if (answer.ok) await backToPage(answer)
  else await refusedTransfers.leave(refusedTransfer(form, answer.error))
}

export async function postDelivery(form: FormData): Promise<void> {
  await backToPage(await receive(form))
}

function asList(result: Result<StockLevel>): StockAnswer {
  return result.ok ? accepted([result.data]) : result
}

/** A cookie holds little: what moved in between stands in the movements of the page. */
function withoutMovements(answer: StockAnswer): StockAnswer {
  if (answer.ok || answer.error.code !== 'stock_moved') return answer
  return refused({ code: 'stock_moved', detail: { ...answer.error.detail, movements: [] } })
}
