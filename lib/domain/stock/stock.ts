import { z } from 'zod'
import { SourceKind } from './source'

/** Units of one variant at one place, and the ledger position and version at which they were true. */
export const StockLevel = z.object({
  variant_id: z.guid(),
  location_id: z.guid(),
  on_hand: z.int(),
  held: z.int(),
  committed: z.int(),
  safety: z.int(),
  available: z.int(),
  ledger_position: z.int(),
  version: z.int(),
  updated_at: z.string(),
})
export type StockLevel = z.infer<typeof StockLevel>

export const movementReasons = [
  'receive',
  'recount',
  'damage',
  'return',
  'correction',
  'transfer',
  'import',
  'sale',
] as const

/** One line of the ledger. `id` is the ledger position, ascending within a variant. */
export const StockMovement = z.object({
  id: z.int(),
  variant_id: z.guid(),
  location_id: z.guid(),
  delta: z.int(),
  reason: z.enum(movementReasons),
  document: z.string().nullable(),
  note: z.string().nullable(),
  actor: z.guid(),
  created_at: z.string(),
  source_kind: SourceKind,
  /** The order, import, count, delivery or transfer; null for an adjustment. */
  source_id: z.guid().nullable(),
})
export type StockMovement = z.infer<typeof StockMovement>

/** One level that had too little: what was asked for (negative) and what a person may still take, in units. */
export const ShortLine = z.object({
  variant_id: z.guid(),
  location_id: z.guid(),
  delta: z.int(),
  available: z.int(),
})
export type ShortLine = z.infer<typeof ShortLine>

/** A recount met a number that had moved. `movements` is empty when the caller did not say what it had read. */
export const StockMoved = z.object({
  expected: z.int(),
  counted: z.int(),
  on_hand: z.int(),
  ledger_position: z.int(),
  movements: z.array(StockMovement),
})
export type StockMoved = z.infer<typeof StockMoved>

/** The reasons a person may give; the others belong to recounts, transfers and imports. */
export const adjustmentReasons = ['correction', 'damage', 'return', 'receive'] as const

/** The input of an adjust field: +3, 3, -2 or −2. Anything else, or zero, is not a change. */
export const UnitsDelta = z
  .string()
  .trim()
  .transform((typed) => typed.replace(/^[−–]/, '-'))
  .refine((typed) => /^[+-]?\d{1,7}$/.test(typed))
  .transform(Number)
  .refine((delta) => delta !== 0 && Math.abs(delta) <= 1_000_000)

/** A level with a pending change applied: shown while the request is pending. */
export function withDelta(level: StockLevel, delta: number): StockLevel {
  return { ...level, on_hand: level.on_hand + delta, available: level.available + delta }
}
