import { z } from 'zod'
import { RefusedInCall } from '@/lib/domain/core/data-api-error'
import type { Refusal } from '@/lib/domain/core/refusal'
import type { Result } from '@/lib/domain/core/result'
import { RefusedForm } from '@/lib/domain/forms/refused-form'
import { Cart } from './cart'

/** The cart a change left behind, or why nothing was changed. */
export type CartAnswer = Result<Cart, Refusal>

/** The result of hold_stocks for each request: the cart, or the refusal that hold_stock would raise. */
export const HoldAnswer = z.union([z.object({ cart: Cart }), z.object({ refused: RefusedInCall })])
export type HoldAnswer = z.infer<typeof HoldAnswer>

/** A refused change of one line, as a page without JavaScript says it: `asked` are the units it was about. */
export const PostedRefusal = RefusedForm.extend({ variant_id: z.guid(), asked: z.int() })
export type PostedRefusal = z.infer<typeof PostedRefusal>

/** How ordering again went: units in the cart, and the lines that got fewer than the order had, at most ten. */
export const OrderedAgain = z.object({
  added: z.int(),
  fewer: z.array(z.object({ title: z.string(), wanted: z.int(), got: z.int() })),
  hasMore: z.boolean(),
  /** The shop refused the caller and not a line: the rest was not tried. */
  stopped: z.boolean(),
})
export type OrderedAgain = z.infer<typeof OrderedAgain>

/** The result of merging a guest's cart at sign-in: lines that got fewer units than both carts wanted. */
export const AdoptedCart = z.object({
  adopted: z.int(),
  fewer: z.array(z.object({ variant_id: z.guid(), wanted: z.int(), quantity: z.int() })),
})
export type AdoptedCart = z.infer<typeof AdoptedCart>
