import { z } from 'zod'
import { ImportConflict } from '@/lib/domain/imports/conflict'
import { StockMovement } from '@/lib/domain/stock/stock'
import { type AskKind, askChoices, asks } from './finding'

const Subject = z.enum(['product', 'variant', 'level'])
const Counts = z.object({ new: z.int(), changed: z.int(), unchanged: z.int() })

/** The changes of an import in numbers. fields: the number of changes per field of known products. */
export const ImportSummary = z.object({
  products: Counts,
  variants: Counts,
  levels: Counts,
  fields: z.record(z.string(), z.int()),
  units_in: z.int(),
  units_out: z.int(),
  fingerprint: z.string(),
})
export type ImportSummary = z.infer<typeof ImportSummary>

/**
 * A row of public.imports. `document` is the name of its quantities in the ledger; `location_id` where those of a
 * product file belong; `reverts` the import that this one reverts.
 */
export const ImportRecord = z.object({
  id: z.guid(),
  kind: z.enum(['products', 'inventory']),
  number: z.int(),
  document: z.string(),
  file_name: z.string(),
  location_id: z.guid().nullable(),
  reverts: z.guid().nullable(),
  warnings: z.array(z.string()),
  problems: z.array(ImportConflict),
  created_at: z.string(),
  applied_at: z.string().nullable(),
  version: z.int(),
  summary: ImportSummary.nullable(),
})
export type ImportRecord = z.infer<typeof ImportRecord>

/** An import that was discarded before it was applied. */
export const DiscardedImport = ImportRecord.pick({ file_name: true, reverts: true }).extend({
  discarded_at: z.string(),
  discarded_by: z.guid(),
})
export type DiscardedImport = z.infer<typeof DiscardedImport>

/** A product, variant or level before (null: new) and after. Keys are columns, and on_hand in units. */
export const ImportChange = z.object({
  subject: Subject,
  line: z.int(),
  handle: z.string(),
  sku: z.string().nullable(),
  before: z.record(z.string(), z.json()).nullable(),
  after: z.record(z.string(), z.json()),
})
export type ImportChange = z.infer<typeof ImportChange>

/** A question about cells of a file, asked once for all of its kind; examples are the first of them. */
export const ImportAsk = z.object({
  kind: z.enum(Object.keys(asks) as [AskKind, ...AskKind[]]),
  count: z.int(),
  answer: z.enum(askChoices).nullable(),
  choices: z.array(z.enum(askChoices)),
  examples: z.array(z.object({ line: z.int(), column: z.string(), value: z.string() })),
})
export type ImportAsk = z.infer<typeof ImportAsk>

export const importChoices = ['add', 'set', 'skip'] as const

/**
 * A line of an inventory file whose number moved since the export, or that leaves fewer units than are committed.
 * expected: at the export (null: not in the file); counted: in the file; result: on_hand after `choice`; repeats: the
 * document under which the same line was imported before.
 */
export const ImportQuestion = z.object({
  line: z.int(),
  title: z.string(),
  option_values: z.array(z.string()),
  sku: z.string(),
  location: z.string(),
  expected: z.int().nullable(),
  counted: z.int(),
  on_hand: z.int(),
  unavailable: z.int(),
  repeats: z.string().nullable(),
  choice: z.enum(importChoices),
  result: z.int(),
  movements: z.array(StockMovement),
})
export type ImportQuestion = z.infer<typeof ImportQuestion>

/** A field that a revert leaves as it finds it. Of on_hand, wanted and found are units: to go back, and gone back. */
export const KeptField = z.object({
  line: z.int(),
  subject: Subject,
  handle: z.string(),
  sku: z.string().nullable(),
  field: z.string(),
  wanted: z.json(),
  found: z.json(),
  why: z.enum(['changed_since', 'taken_since', 'unavailable_since']),
})
export type KeptField = z.infer<typeof KeptField>

/**
 * The result of public.preview_import: the first so many changes, what to look at, and why it cannot be applied if it
 * cannot; asks: what waits for an answer first; of a revert also what it keeps. reverted_by: the import that took this one back.
 */
export const ImportPreview = z.object({
  import: ImportRecord.extend({ summary: ImportSummary }),
  changes: z.array(ImportChange),
  conflicts: z.array(ImportConflict),
  questions: z.array(ImportQuestion),
  asks: z.array(ImportAsk),
  kept: z.array(KeptField),
  reverted_by: z.guid().nullable(),
})
export type ImportPreview = z.infer<typeof ImportPreview>

/** How many products, variants and levels an import adds or changes. */
export function changeCount({ products, variants, levels }: ImportSummary): number {
  return products.new + products.changed + variants.new + variants.changed + levels.changed
}
