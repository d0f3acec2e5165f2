import { z } from 'zod'
import { Refusal, RefusedInCall } from '@/lib/domain/core/refusal'
import type { Result } from '@/lib/domain/core/result'
import { Cart } from './cart'

/** The cart a change left behind, or why nothing was changed. */
export type CartAnswer = Result<Cart, Refusal>

/** What hold_stocks answers to each request: the cart, or what hold_stock would have raised. */
export const HoldAnswer = z.union([z.object({ cart: Cart }), z.object({ refused: RefusedInCall })])
export type HoldAnswer = z.infer<typeof HoldAnswer>

/** A refused change of one line, as a page without JavaScript says it: `asked` are the units it was about. */
export const PostedRefusal = z.object({ variant_id: z.guid(), asked: z.int(), refusal: Refusal })
export type PostedRefusal = z.infer<typeof PostedRefusal>

/** What became of a guest's cart when they signed in: lines that could not become as many as both carts wanted. */
export const AdoptedCart = z.object({
  adopted: z.int(),
  fewer: z.array(z.object({ variant_id: z.guid(), wanted: z.int(), quantity: z.int() })),
})
export type AdoptedCart = z.infer<typeof AdoptedCart>
