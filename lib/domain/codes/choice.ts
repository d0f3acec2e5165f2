import { z } from 'zod'

/** A variant that a code may mean, as a person tells it from the others. */
export const CodeChoice = z.object({
  variant_id: z.guid(),
  title: z.string(),
  option_values: z.array(z.string()),
  sku: z.string(),
  barcode: z.string().nullable(),
})
export type CodeChoice = z.infer<typeof CodeChoice>

export const CodeChoices = z.array(CodeChoice)
export type CodeChoices = z.infer<typeof CodeChoices>
