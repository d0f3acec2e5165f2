import { z } from 'zod'
import { TaxPart } from '@/lib/domain/checkout/totals'

/** An invoice or a credit note. Minor units, tax included; it never changes. */
export const Invoice = z.object({
  kind: z.enum(['invoice', 'credit_note']),
  /** Without gaps in its kind. */
  number: z.int(),
  total_minor: z.int(),
  tax_minor: z.int(),
  delivery_minor: z.int(),
  taxes: z.array(TaxPart),
  /** Of an invoice: its items, after discounts. */
  lines: z.array(
    z.object({
      sku: z.string(),
      title: z.string(),
      option_values: z.array(z.string()),
      quantity: z.int(),
      tax_rate_bp: z.int(),
      amount_minor: z.int(),
    }),
  ),
  /** The shop as it was. */
  seller: z.object({
    name: z.string(),
    address: z.string(),
    country: z.string(),
    email: z.string(),
    tax_number: z.string(),
  }),
  issued_at: z.string(),
})
export type Invoice = z.infer<typeof Invoice>
