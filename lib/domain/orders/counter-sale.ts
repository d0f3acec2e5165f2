import { z } from 'zod'
import { CodeChoice } from '@/lib/domain/codes/choice'
import { Code } from '@/lib/domain/stock/code-lines'

// A walk-in sale: items that a customer brings to the counter, paid and handed over at once (private.sell_at_counter).

/** How money is taken at the counter. */
export const TakenAs = z.enum(['cash', 'card'])
export type TakenAs = z.infer<typeof TakenAs>

const SaleLine = z.object({ variant_id: z.guid(), quantity: z.int().min(1).max(99) })
export type SaleLine = z.infer<typeof SaleLine>

/** The lines in a form, as JSON in one field. */
const SaleLines = z
  .string()
  .max(10_000)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' })
      return z.NEVER
    }
  })
  .pipe(z.array(SaleLine).min(1).max(100))

/** A code that was scanned, or words that were typed. */
export const SaleItemSearch = z.object({ code: Code })

export const SaleQuoteRequest = z.object({ location_id: z.guid(), lines: SaleLines })
export type SaleQuoteRequest = z.infer<typeof SaleQuoteRequest>

export const SaleRequest = SaleQuoteRequest.extend({
  taken_as: TakenAs,
  expected_total_minor: z.coerce.number().int().min(0),
  idempotency_key: z.guid(),
})
export type SaleRequest = z.infer<typeof SaleRequest>

/** The total of a sale as SQL computes it. Money in minor units; `left`: units available at the location. */
export const SaleQuote = z.object({
  lines: z.array(
    CodeChoice.omit({ barcode: true }).extend({
      quantity: z.int(),
      price_minor: z.int(),
      total_minor: z.int(),
      for_sale: z.boolean(),
      left: z.int(),
    }),
  ),
  subtotal_minor: z.int(),
  discount_minor: z.int(),
  discount_title: z.string().nullable(),
  total_minor: z.int(),
  tax_minor: z.int(),
  currency: z.string(),
})
export type SaleQuote = z.infer<typeof SaleQuote>

/** The lines with so many more units of a variant: a new line at the end, none where no unit is left. */
export function withUnits(lines: readonly SaleLine[], variantId: string, more: number): SaleLine[] {
  const line = lines.find(({ variant_id }) => variant_id === variantId)
  if (!line) return more > 0 ? [...lines, { variant_id: variantId, quantity: more }] : [...lines]
  const quantity = line.quantity + more
  return quantity < 1
    ? lines.filter((each) => each !== line)
    : lines.map((each) => (each === line ? { ...line, quantity } : each))
}

/** Whether a quote is of exactly these lines. */
export function isQuoteOf(quote: SaleQuote, lines: readonly SaleLine[]): boolean {
  return (
    quote.lines.length === lines.length &&
    lines.every(({ variant_id, quantity }) =>
      quote.lines.some((line) => line.variant_id === variant_id && line.quantity === quantity),
    )
  )
}
