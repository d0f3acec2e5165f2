import { z } from 'zod'

/** The intent to buy one variant. Units are whole, money is minor units, times are the shop's clock. */
export const CartLine = z.object({
  variant_id: z.guid(),
  product_id: z.guid(),
  handle: z.string(),
  title: z.string(),
  sku: z.string(),
  option_values: z.array(z.string()),
  quantity: z.int(),
  /** Units held for this cart right now. Fewer than `quantity`: the hold has expired. */
  held: z.int(),
  /** Where those are. */
  held_at: z.array(z.object({ location_id: z.guid(), units: z.int() })),
  expires_at: z.string().nullable(),
  /** Until when this cart cannot hold the line again; null: it can. */
  paused_until: z.string().nullable().default(null),
  price_minor: z.int(),
  total_minor: z.int(),
  for_sale: z.boolean(),
})
export type CartLine = z.infer<typeof CartLine>

/** A cart as it was at `now`, the shop's clock. Totals include tax. */
export const Cart = z.object({
  /** Both null where there never was one. */
  cart_id: z.guid().nullable(),
  version: z.int().nullable(),
  lines: z.array(CartLine),
  total_minor: z.int(),
  tax_minor: z.int(),
  /** Whether a code or an automatic discount may take something off: then a quote has the total. */
  has_discount: z.boolean(),
  /** Whether the tax depends on the country of delivery. */
  is_taxed_by_country: z.boolean(),
  currency: z.string(),
  now: z.string(),
})
export type Cart = z.infer<typeof Cart>
