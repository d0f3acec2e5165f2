import { z } from 'zod'
import { Cart } from '@/lib/domain/cart/cart'
import { PaymentProvider } from '@/lib/domain/orders/order'

const Choices = z
  .object({
    name: z.string(),
    email: z.string(),
    phone: z.string(),
    method: z.enum(['collection', 'delivery']),
    location_id: z.guid(),
    address: z
      .object({ line1: z.string(), postcode: z.string(), city: z.string(), country: z.string() })
      .partial(),
  })
  .partial()

/** A checkout session of an agent, as the database returns it. */
export const AgentSession = z.object({
  id: z.guid(),
  status: z.enum(['open', 'completed', 'cancelled', 'handed_over']),
  choices: Choices,
  order_id: z.guid().nullable(),
  order_key: z.guid().nullable(),
  provider: PaymentProvider.nullable(),
  expected_minor: z.int().nullable(),
  /** Empty once the session has ended. */
  cart: Cart,
  /** By variant: since when its units are held. */
  held_since: z.record(z.string(), z.string()),
  /** Whether the call had been made before, with the same key. */
  is_repeat: z.boolean(),
})
export type AgentSession = z.infer<typeof AgentSession>
