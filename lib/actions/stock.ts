'use server'

import { invalidInput, type Refusal } from '@/lib/domain/refusal'
import { accepted, type Result, refused } from '@/lib/domain/result'
import type { StockLevel } from '@/lib/domain/stock'
import { Adjustment, deliveryIn, fieldsIn, Recount, transferIn } from '@/lib/domain/stock-request'
import { bookDelivery } from '@/lib/server/delivery'
import { adjustStock, recountStock, transferStock } from '@/lib/server/stock'

/** The levels a change left behind, or why nothing was changed. */
export type StockAnswer = Result<StockLevel[], Refusal>

// Each takes a form, so that it works as a form's action without JavaScript and as a call with it. The form's
// idempotency_key makes a repeat harmless. Row level security and the SQL functions decide what is allowed.

export async function adjust(_last: StockAnswer | null, form: FormData): Promise<StockAnswer> {
  const adjustment = Adjustment.safeParse(fieldsIn(form))
  if (!adjustment.success) return refused(invalidInput(adjustment.error))
  return asList(await adjustStock(adjustment.data))
}

export async function recount(_last: StockAnswer | null, form: FormData): Promise<StockAnswer> {
  const count = Recount.safeParse(fieldsIn(form))
  if (!count.success) return refused(invalidInput(count.error))
  return asList(await recountStock(count.data))
}

export async function transfer(_last: StockAnswer | null, form: FormData): Promise<StockAnswer> {
  const wanted = transferIn(form)
  if (!wanted.success) return refused(invalidInput(wanted.error))
  return transferStock(wanted.data)
}

export async function receive(_last: StockAnswer | null, form: FormData): Promise<StockAnswer> {
  const delivery = deliveryIn(form)
  if (!delivery.success) return refused(invalidInput(delivery.error))
  return bookDelivery(delivery.data)
}

function asList(result: Result<StockLevel>): StockAnswer {
  return result.ok ? accepted([result.data]) : result
}
