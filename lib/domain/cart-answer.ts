import { z } from 'zod'
import type { Cart } from '@/lib/domain/cart'
import { Refusal } from '@/lib/domain/refusal'
import type { Result } from '@/lib/domain/result'

/** The cart a change left behind, or why nothing was changed. */
export type CartAnswer = Result<Cart, Refusal>

/** A refused change of one line, as a page without JavaScript says it: `asked` are the units it was about. */
export const PostedRefusal = z.object({ variant_id: z.guid(), asked: z.int(), refusal: Refusal })
export type PostedRefusal = z.infer<typeof PostedRefusal>
