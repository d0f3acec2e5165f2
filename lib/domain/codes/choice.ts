import { z } from 'zod'
import { codeKey } from './code'

/** A variant that a code may mean, as a person tells it from the others. */
export const CodeChoice = z.object({
  variant_id: z.guid(),
  title: z.string(),
  option_values: z.array(z.string()),
  sku: z.string(),
  barcode: z.string().nullable(),
})
export type CodeChoice = z.infer<typeof CodeChoice>

/** The code that names a chosen variant: its SKU, or its id where the SKU itself was ambiguous. */
export function codeToSend({ sku, variant_id }: CodeChoice, ambiguous: string): string {
  return codeKey(sku) === codeKey(ambiguous) ? variant_id : sku
}

export const CodeChoices = z.array(CodeChoice)
export type CodeChoices = z.infer<typeof CodeChoices>
