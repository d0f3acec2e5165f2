import { z } from 'zod'

// A shopper's request on a cart, as its form sends it.

/** More units of one variant, one where nothing is chosen. `instead`: of a button that offers less than was asked for. */
export const AddToCart = z
  .object({
    variant_id: z.guid(),
    quantity: z.coerce.number().int().min(1).max(99).default(1),
    instead: z.coerce.number().int().min(1).max(99).optional(),
    idempotency_key: z.guid(),
  })
  .transform(({ instead, quantity, ...rest }) => ({ ...rest, quantity: instead ?? quantity }))
export type AddToCart = z.infer<typeof AddToCart>

const Fewer = z
  .tuple([z.guid(), z.coerce.number<string>().int().min(-99).max(-1)])
  .transform(([variant_id, by]) => ({ variant_id, by }))
const Instead = z
  .tuple([z.guid(), z.guid(), z.coerce.number<string>().int().min(1).max(99)])
  .transform(([variant_id, sibling_id, quantity]) => ({ variant_id, sibling_id, quantity }))

/** A repair of an unavailable line, as the value of its button: fewer units, or a sibling variant. */
export const Repair = z.string().transform((value, context): Repair => {
  const words = value.split(' ')
  const repair = z.union([Fewer, Instead]).safeParse(words)
  if (repair.success) return repair.data
  context.addIssue({ code: 'custom', message: 'not a repair' })
  return z.NEVER
})
export type Repair = z.infer<typeof Fewer> | z.infer<typeof Instead>

/** A repair of a line, with the request's idempotency key. */
export const MendLine = z.object({ repair: Repair, idempotency_key: z.guid() })

/** Units added to a line (above zero) or removed (below). `hold_again`: the remaining units are held again. */
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
