import { z } from 'zod'
import { readPercent } from '@/lib/domain/text/percent'

/** A tax rate that takes the place of those of products, in basis points; null: of every country, of every category. */
export const TaxRate = z.object({
  id: z.guid(),
  country: z.string().nullable(),
  category: z.string().nullable(),
  rate_bp: z.int(),
})
export type TaxRate = z.infer<typeof TaxRate>

/** Sets a rate; without `rate_bp` it is removed. */
export const TaxRateRequest = z.object({
  country: z.string().length(2).exactOptional(),
  category: z.string().min(1).max(255).exactOptional(),
  rate_bp: z.int().min(0).max(10_000).exactOptional(),
  idempotency_key: z.guid(),
})

/** The candidate for `TaxRateRequest`. A percentage that cannot be read stays as it is and is named by the schema. */
export function taxRateFields(form: FormData): unknown {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  return {
    ...(text('country') !== '' && { country: text('country') }),
    ...(text('category') !== '' && { category: text('category') }),
    ...(!form.has('remove') && { rate_bp: readPercent(text('percentage')) ?? text('percentage') }),
    idempotency_key: text('idempotency_key'),
  }
}
