import { z } from 'zod'
import { momentOfWallTime } from '@/lib/domain/core/shop-time'
import { readTypedPrice } from '@/lib/domain/imports/reading/cells/price'
import { type LiveQuery, type LiveSource, liveQuery } from '@/lib/domain/live/query'
import { rowsOf } from '@/lib/domain/stock/live'
import { readPercent } from '@/lib/domain/text/percent'

export const DiscountKind = z.enum(['percent', 'amount', 'free_delivery'])
export type DiscountKind = z.infer<typeof DiscountKind>

/** A discount, as staff read it. Amounts in minor units, the percentage in basis points. */
export const Discount = z.object({
  id: z.guid(),
  title: z.string(),
  code: z.string().nullable(),
  kind: DiscountKind,
  percent_bp: z.int().nullable(),
  amount_minor: z.int().nullable(),
  category: z.string().nullable(),
  product_id: z.guid().nullable(),
  minimum_minor: z.int(),
  starts_at: z.string().nullable(),
  ends_at: z.string().nullable(),
  per_person: z.int().nullable(),
  active: z.boolean(),
  version: z.int(),
})
export type Discount = z.infer<typeof Discount>

/** The uses of a code: held by carts, used by orders. */
export const DiscountCount = z.object({
  discount_id: z.guid(),
  uses_limit: z.int().nullable(),
  held: z.int(),
  used: z.int(),
  version: z.int(),
})
export type DiscountCount = z.infer<typeof DiscountCount>

/** A discount with its uses, if it has a code, and the handle of its product. */
export interface ListedDiscount {
  discount: Discount
  count: DiscountCount | null
  product: string | null
}

const counts: LiveSource<DiscountCount> = {
  table: 'discount_counts',
  ...rowsOf(DiscountCount),
  by: 'discount_id',
  id: (row) => row.discount_id,
  version: (row) => row.version,
}

/** The uses of one code. */
export function usesOfDiscount(discountId: string): LiveQuery<DiscountCount> {
  return liveQuery(counts, [discountId])
}

const value = z.union([z.int(), z.string()]).optional()

/** A discount in a form; the database checks the values. */
export const DiscountRequest = z.object({
  discount_id: z.guid().exactOptional(),
  expected_version: z.coerce.number().int().exactOptional(),
  discount: z.object({
    title: z.string().trim().min(1).max(80),
    code: z.string().max(40),
    kind: DiscountKind,
    percent_bp: value,
    amount_minor: value,
    category: z.string().max(200),
    product: z.string().max(255),
    minimum_minor: value,
    starts_at: value,
    ends_at: value,
    per_person: value,
    uses_limit: value,
    active: z.boolean(),
  }),
  idempotency_key: z.guid(),
})

/** The candidate for `DiscountRequest`. A text that cannot be read stays as it is, and the database names its field. */
export function discountFields(form: FormData): unknown {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const currency = text('currency')
  const money = (name: string) => {
    const read = readTypedPrice(text(name), currency)
    return read.ok ? read.data : text(name)
  }
  const whole = (name: string) => (/^\d{1,9}$/.test(text(name)) ? Number(text(name)) : text(name))
  const moment = (name: string) => momentOfWallTime(text(name)) ?? text(name)
  const filled = (name: string, read: (name: string) => number | string) =>
    text(name) === '' ? undefined : read(name)
  return {
    ...(form.get('discount_id') && {
      discount_id: text('discount_id'),
      expected_version: text('expected_version'),
    }),
    idempotency_key: text('idempotency_key'),
    discount: {
      title: text('title'),
      code: text('code').toUpperCase().replaceAll(/\s/g, ''),
      kind: text('kind'),
      percent_bp: readPercent(text('percent')) ?? undefined,
      amount_minor: filled('amount', money),
      category: text('category'),
      product: text('product'),
      minimum_minor: filled('minimum', money),
      starts_at: filled('starts_at', moment),
      ends_at: filled('ends_at', moment),
      per_person: filled('per_person', whole),
      uses_limit: filled('uses_limit', whole),
      active: form.get('active') === 'on',
    },
  }
}
