import { z } from 'zod'

/** The tax of an order at one rate, included in the amount. Minor units; the rate in basis points. */
export const TaxPart = z.object({ rate_bp: z.int(), amount_minor: z.int(), tax_minor: z.int() })
export type TaxPart = z.infer<typeof TaxPart>

/** A total with its parts, as SQL computed them (`private.totals_of`): subtotal − discount + delivery. Minor units. */
export const Totals = z.object({
  subtotal_minor: z.int(),
  discount_minor: z.int(),
  delivery_minor: z.int(),
  total_minor: z.int(),
  /** Included in the total. */
  tax_minor: z.int(),
  taxes: z.array(TaxPart),
})
export type Totals = z.infer<typeof Totals>

/** The total that an order of the cart would have now. */
export const Quote = Totals.extend({
  currency: z.string(),
  /** Whether the shop delivers to the address. */
  is_deliverable: z.boolean(),
  /** How long the delivery takes, in the shop's words. */
  estimate: z.string().nullable(),
  /** The discount of the cart: by its code, or an automatic one. A code that does not apply takes nothing off. */
  discount: z.object({ code: z.string().nullable(), title: z.string(), applies: z.boolean() }).nullable(),
})
export type Quote = z.infer<typeof Quote>

/** How an order reaches its buyer, as far as its total depends on it; empty texts for a collection. */
export const QuotedDelivery = z.object({
  method: z.enum(['collection', 'delivery']),
  country: z.string().max(2).default(''),
  postcode: z.string().max(20).default(''),
})
export type QuotedDelivery = z.infer<typeof QuotedDelivery>
