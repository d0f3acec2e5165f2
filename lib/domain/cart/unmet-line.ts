import { z } from 'zod'

/** A line of a cart that cannot be had: units wanted and left, null where the shelf does not count, and what can be had instead. */
export const UnmetLine = z.object({
  variant_id: z.guid(),
  wanted: z.int(),
  left: z.int().nullable(),
  /** Other variants of the product, as the shelf shows them. */
  siblings: z.array(
    z.object({
      variant_id: z.guid(),
      option_values: z.array(z.string()),
      band: z.enum(['in', 'low']),
      left: z.int().nullable(),
    }),
  ),
})
export type UnmetLine = z.infer<typeof UnmetLine>
