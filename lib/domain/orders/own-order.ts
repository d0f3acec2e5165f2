import { z } from 'zod'
import { OrderStatus } from './order'

/** An order as the list of one's own shows it. Money in minor units. */
export const OwnOrder = z.object({
  id: z.guid(),
  number: z.int(),
  status: OrderStatus,
  currency: z.string(),
  units: z.int(),
  total_minor: z.int(),
  created_at: z.string(),
  order_items: z.array(z.object({ title: z.string(), quantity: z.int() })),
})
export type OwnOrder = z.infer<typeof OwnOrder>
