import { z } from 'zod'
import { fieldsIn } from '@/lib/domain/forms/form-fields'

// Requests of staff about an order, as the form sends them and the SQL function takes them.

const Units = z.coerce.number().int().min(1).max(99)
const Lines = <Line extends z.ZodType>(line: Line) => z.array(line).min(1).max(1000)

export const OfOrder = z.object({ order_id: z.guid(), idempotency_key: z.guid() })

/** Units of one variant, picked at a location, or put back. */
export const PickRequest = OfOrder.extend({
  location_id: z.guid(),
  code: z.string().trim().min(1).max(120),
  quantity: z.coerce.number().int().min(-99).max(99),
})

export const ShortPick = OfOrder.extend({
  location_id: z.guid(),
  order_item_id: z.coerce.number().int(),
  missing: Units,
})

export const CancelByStaff = OfOrder.extend({ reason: z.string().trim().min(1).max(200).exactOptional() })

export const Fulfilment = OfOrder.extend({
  location_id: z.guid(),
  lines: Lines(z.object({ order_item_id: z.int(), quantity: Units })),
})

export const ItemsReturn = OfOrder.extend({
  location_id: z.guid(),
  lines: Lines(
    z.object({
      order_item_id: z.int(),
      quantity: Units,
      outcome: z.enum(['restock', 'damaged', 'inspect']),
    }),
  ),
})

export const Inspection = z.object({
  idempotency_key: z.guid(),
  return_id: z.coerce.number().int(),
  restocked: z.coerce.number().int().min(0).max(99),
})

/** The next order that waits, at one location or anywhere. */
export const ClaimNext = z.object({ idempotency_key: z.guid(), location_id: z.guid().exactOptional() })
export type ClaimNext = z.infer<typeof ClaimNext>

/** The lines in a form: fields `units:ITEM` and, for a return, `outcome:ITEM`. Lines of no units are none. */
export function itemFields(form: FormData): unknown {
  const lines = [...form].flatMap(([name, quantity]) => {
    const item = /^units:(\d+)$/.exec(name)?.[1]
    if (item === undefined || quantity === '0' || quantity === '') return []
    const outcome = form.get(`outcome:${item}`)
    return [{ order_item_id: Number(item), quantity, ...(outcome !== null && { outcome }) }]
  })
  return { ...fieldsIn(form), lines }
}
