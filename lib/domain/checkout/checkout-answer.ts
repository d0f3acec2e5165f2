import { z } from 'zod'
import { Refusal } from '@/lib/domain/core/refusal'
import { checkoutFields, fieldProblems } from './checkout-fields'

const Field = z.enum(checkoutFields)

/** Why there is no order yet: fields that stand in the way, or a refusal. What was typed is kept. */
export const CheckoutAnswer = z.object({
  problems: z.partialRecord(Field, z.enum(fieldProblems)),
  refusal: Refusal.nullable(),
  /** The order this browser made before, for when the cart is gone. */
  lastOrder: z.guid().nullable(),
  /** Work for the browser, after which it sends the order again by itself (lib/domain/checkout/proof.ts). */
  challenge: z.string().nullable().default(null),
  typed: z.record(Field, z.string()),
})
export type CheckoutAnswer = z.infer<typeof CheckoutAnswer>
