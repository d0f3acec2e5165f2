import { z } from 'zod'

// What a person asks of a cart, as its form sends it.

/** More units of one variant. `instead` is the quantity of a button that offers less than was asked for. */
export const AddToCart = z
  .object({
    variant_id: z.guid(),
    quantity: z.coerce.number().int().min(1).max(99),
    instead: z.coerce.number().int().min(1).max(99).optional(),
    idempotency_key: z.guid(),
  })
  .transform(({ instead, quantity, ...rest }) => ({ ...rest, quantity: instead ?? quantity }))
export type AddToCart = z.infer<typeof AddToCart>

/** Units that come to a line (above zero) or leave it (below). `hold_again`: what stays is to be held anew. */
export const ChangeQuantity = z.object({
  variant_id: z.guid(),
  hold_again: z.stringbool().default(false),
  by: z.coerce
    .number()
    .int()
    .min(-99)
    .max(99)
    .refine((by) => by !== 0),
  idempotency_key: z.guid(),
})
export type ChangeQuantity = z.infer<typeof ChangeQuantity>
