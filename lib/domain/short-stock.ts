import { z } from 'zod'

/** A line that asked for more than there is, in units, and what can be had instead. */
export const ShortOfStock = z.object({
  variant_id: z.guid(),
  /** What the line would have come to, with what the cart had of it before. */
  wanted: z.int(),
  /** What the line can come to at most. */
  left: z.int(),
  /** Locations that have the missing units. */
  elsewhere: z.array(z.guid()),
  /** Other variants of the product, as their shelf shows them. */
  siblings: z.array(
    z.object({
      variant_id: z.guid(),
      option_values: z.array(z.string()),
      band: z.enum(['in', 'low']),
      left: z.int().nullable(),
    }),
  ),
})
export type ShortOfStock = z.infer<typeof ShortOfStock>
