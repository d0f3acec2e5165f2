import { z } from 'zod'

/** Where an order stands: waiting for its payment, promised, handed over in full, or called off. */
export const OrderStatus = z.enum(['awaiting_payment', 'placed', 'fulfilled', 'cancelled'])
export type OrderStatus = z.infer<typeof OrderStatus>
