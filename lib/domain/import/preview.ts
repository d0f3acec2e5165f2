import { z } from 'zod'
import { ImportConflict } from '@/lib/domain/refusal'

const Counts = z.object({ new: z.int(), changed: z.int(), unchanged: z.int() })

/** What an import would change, or changed, in numbers. fields: how often each field of a known thing changes. */
export const ImportSummary = z.object({
  products: Counts,
  variants: Counts,
  fields: z.record(z.string(), z.int()),
  units_in: z.int(),
  units_out: z.int(),
  fingerprint: z.string(),
})
export type ImportSummary = z.infer<typeof ImportSummary>

/** A row of public.imports. `document` is the name of its quantities in the ledger. */
export const ImportRecord = z.object({
  id: z.guid(),
  number: z.int(),
  document: z.string(),
  file_name: z.string(),
  location_id: z.guid(),
  warnings: z.array(z.string()),
  problems: z.array(ImportConflict),
  created_at: z.string(),
  applied_at: z.string().nullable(),
  summary: ImportSummary.nullable(),
})
export type ImportRecord = z.infer<typeof ImportRecord>

/** A product or variant before (null: new) and after. Keys are columns, and on_hand in units. */
export const ImportChange = z.object({
  subject: z.enum(['product', 'variant']),
  line: z.int(),
  handle: z.string(),
  sku: z.string().nullable(),
  before: z.record(z.string(), z.json()).nullable(),
  after: z.record(z.string(), z.json()),
})
export type ImportChange = z.infer<typeof ImportChange>

/** What public.preview_import answers: the first so many changes, and why it cannot be applied if it cannot. */
export const ImportPreview = z.object({
  import: ImportRecord.extend({ summary: ImportSummary }),
  changes: z.array(ImportChange),
  conflicts: z.array(ImportConflict),
})
export type ImportPreview = z.infer<typeof ImportPreview>

/** How many products and variants an import adds or changes. */
export function changeCount({ products, variants }: ImportSummary): number {
  return products.new + products.changed + variants.new + variants.changed
}
