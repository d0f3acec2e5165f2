import { z } from 'zod'
import { fieldsIn } from '@/lib/domain/forms/form-fields'
import { OrderFilter } from './hold-desk'

// Requests of staff about holds and their holders, as the form sends them.

/** Lines of carts, as the values "cart variant" of checkboxes. */
export const HoldsToEnd = z.object({
  lines: z
    .array(
      z
        .string()
        .regex(/^\S{36} \S{36}$/)
        .transform((value) => {
          const [cart_id = '', variant_id = ''] = value.split(' ')
          return { cart_id, variant_id }
        }),
    )
    .min(1)
    .max(200),
  idempotency_key: z.guid(),
})

export function holdsFields(form: FormData): unknown {
  return { ...fieldsIn(form), lines: form.getAll('hold') }
}

export const Block = z.object({
  cart_id: z.guid().exactOptional(),
  network: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .exactOptional(),
  reason: z.string().trim().min(1).max(200),
  hours: z.coerce.number().int().min(1).max(8760).exactOptional(),
  idempotency_key: z.guid(),
})

export const Unblock = z.object({ subject: z.string().max(80), idempotency_key: z.guid() })

/** The orders of a filter, how many of them were seen, and when. */
export const OrdersToCancel = OrderFilter.and(
  z.object({
    expected: z.coerce.number().int().min(1),
    at: z.coerce.number().int(),
    idempotency_key: z.guid(),
  }),
)
export type OrdersToCancel = z.infer<typeof OrdersToCancel>
