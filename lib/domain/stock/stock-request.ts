import { z } from 'zod'
import { Refusal } from '@/lib/domain/core/refusal'
import type { Result } from '@/lib/domain/core/result'
import { fieldsIn } from '@/lib/domain/forms/form-fields'
import { CodeLines, codeLinesIn, Sure } from './code-lines'
import { adjustmentReasons, StockLevel, UnitsDelta } from './stock'

/** The levels a change left behind, or why nothing was changed. */
export type StockAnswer = Result<StockLevel[]>

// Requests on stock, as forms send them and as SQL takes them: one schema for both.

const Key = z.guid()
const Text = (longest: number) => z.string().trim().min(1).max(longest).exactOptional()
const Units = z.coerce.number().int().max(1_000_000)

const Line = z.object({ variant_id: z.guid(), quantity: Units.min(1) })
export type Line = z.infer<typeof Line>

/** Units that came or went, with a reason. */
export const Adjustment = z.object({
  variant_id: z.guid(),
  location_id: z.guid(),
  delta: UnitsDelta,
  reason: z.enum(adjustmentReasons),
  idempotency_key: Key,
  note: Text(1000),
})
export type Adjustment = z.infer<typeof Adjustment>

/** Units added to or removed from many levels at once, for one reason; each line is saved or refused separately. */
export const AdjustmentOfMany = z.object({
  lines: z
    .array(z.object({ variant_id: z.guid(), location_id: z.guid(), delta: UnitsDelta }))
    .min(1)
    .max(1000),
  reason: z.enum(adjustmentReasons),
  idempotency_key: Key,
  note: Text(1000),
})
export type AdjustmentOfMany = z.infer<typeof AdjustmentOfMany>

/** The change in a form with one field `level` ("variant@location") for each level. */
export function levelsFields(form: FormData): unknown {
  const delta = form.get('delta')
  const lines = form.getAll('level').map((level) => {
    const [variant_id, location_id] = String(level).split('@')
    return { variant_id, location_id, delta }
  })
  return { ...fieldsIn(form), lines }
}

/** The result for one level of many: its new numbers, or why it was not changed. */
export const AdjustedLevel = z.object({
  variant_id: z.guid(),
  location_id: z.guid(),
  level: StockLevel.nullable(),
  refusal: z.preprocess(
    (value) => (typeof value === 'object' && value && 'code' in value ? value : null),
    Refusal.nullable(),
  ),
})
export type AdjustedLevel = z.infer<typeof AdjustedLevel>

/** The undo of the caller's own change, named by its idempotency key. */
export const Undo = z.object({ change: Key, idempotency_key: Key })
export type Undo = z.infer<typeof Undo>

/** The counted units, the units on hand when the count began, and the last movement read by then. */
export const Recount = z.object({
  variant_id: z.guid(),
  location_id: z.guid(),
  expected: z.coerce.number().int(),
  counted: Units.min(0),
  ledger_position: z.coerce.number().int(),
  idempotency_key: Key,
  note: Text(1000),
})
export type Recount = z.infer<typeof Recount>

/** How many units of a level are not for sale. */
export const SafetyStock = z.object({
  variant_id: z.guid(),
  location_id: z.guid(),
  units: Units.min(0),
  idempotency_key: Key,
})
export type SafetyStock = z.infer<typeof SafetyStock>

/** A delivery at one location under its delivery note, each line named by the SKU or barcode on the box. */
export const Delivery = z.object({
  location_id: z.guid(),
  document: z.string().trim().min(1).max(120),
  lines: CodeLines,
  sure: Sure,
  idempotency_key: Key,
})
export type Delivery = z.infer<typeof Delivery>

export function deliveryFields(form: FormData): unknown {
  return { ...fieldsIn(form), lines: codeLinesIn(form) }
}

/** Units that go from one location to another. */
export const Transfer = z.object({
  from_location_id: z.guid(),
  to_location_id: z.guid(),
  lines: z.array(Line).min(1).max(1000),
  idempotency_key: Key,
  document: Text(120),
})
export type Transfer = z.infer<typeof Transfer>

/** The transfer in a form that moves one variant. */
export function transferFields(form: FormData): unknown {
  const line = { variant_id: form.get('variant_id'), quantity: form.get('quantity') }
  return { ...fieldsIn(form), lines: [line] }
}
