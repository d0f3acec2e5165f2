import { z } from 'zod'
import type { Refusal } from '@/lib/domain/core/refusal'
import type { Result } from '@/lib/domain/core/result'
import { readTypedPrice } from '@/lib/domain/imports/reading/cells/price'
import { deriveSku } from '@/lib/domain/imports/reading/derive-sku'
import { toSlug } from '@/lib/domain/imports/slug'

const text = (longest: number) => z.string().trim().max(longest, `is longer than ${longest} characters`)
const needed = (longest: number) => text(longest).min(1, 'is missing')

/** A price as it is typed, in minor units of the currency. */
const price = (currency: string) =>
  z.string().transform((typed, context) => {
    const read = readTypedPrice(typed.trim(), currency)
    if (read.ok) return read.data
    context.addIssue(read.error)
    return z.NEVER
  })

/** The form of a new product: what it takes to be one. The rest is edited once it is there. */
export const newProduct = (currency: string) =>
  z
    .object({
      title: needed(255).refine((title) => toSlug(title) !== '', 'has no letter or digit of a-z, 0-9'),
      category: needed(120),
      price: price(currency),
      sku: text(120),
      /** An option's name, such as Glaze, and the first variant's value; both empty without options. */
      option: text(120),
      value: text(120),
      idempotency_key: z.guid(),
    })
    .refine(({ option, value }) => (option === '') === (value === ''), {
      path: ['value'],
      message: 'goes with a choice: name both or neither',
    })
    .transform(({ title, category, price: price_minor, sku, option, value, idempotency_key }) => {
      const handle = toSlug(title).slice(0, 255).replace(/-$/, '')
      const option_values = value ? [value] : []
      const option_names = option ? [option] : []
      const product = { handle, title, category, option_names, option_values, price_minor }
      return { product: { ...product, sku: sku || deriveSku(handle, option_values) }, idempotency_key }
    })
export type NewProduct = z.infer<ReturnType<typeof newProduct>>

/** The form of another variant: a value for each of the product's options. */
export const newVariant = (currency: string) =>
  z.object({
    product_id: z.guid(),
    sku: needed(120),
    option_values: z.array(needed(120)),
    price: price(currency),
    idempotency_key: z.guid(),
  })
export type NewVariant = z.infer<ReturnType<typeof newVariant>>

/** The problem of each field of such a form. */
export function problemsIn(error: z.ZodError): Record<string, string> {
  return Object.fromEntries(error.issues.map(({ path, message }) => [path.join('.'), message]).toReversed())
}

/** Why nothing was made: what is wrong by field, or what the shop says. */
export interface MakeProblems {
  problems: Readonly<Record<string, string>>
  refusal: Refusal | null
}
export type MakeAnswer = Result<unknown, MakeProblems>
