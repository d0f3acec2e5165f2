import { z } from 'zod'
import { Refusal } from '@/lib/domain/core/refusal'
import { checkoutFields, fieldProblems } from './checkout-fields'

const Field = z.enum(checkoutFields)

/** The reason why there is no order yet: invalid fields or a refusal. The input is kept. */
export const CheckoutAnswer = z.object({
  problems: z.partialRecord(Field, z.enum(fieldProblems)),
  refusal: Refusal.nullable(),
  /** The order this browser made before, for when the cart is gone. */
  lastOrder: z.guid().nullable(),
  /** Work for the browser, which sends the order again when it is done (lib/domain/checkout/proof.ts). */
  challenge: z.string().nullable().default(null),
  /** Whether only the total was asked for, without JavaScript. */
  isQuoted: z.boolean().default(false),
  typed: z.record(Field, z.string()),
})
export type CheckoutAnswer = z.infer<typeof CheckoutAnswer>
