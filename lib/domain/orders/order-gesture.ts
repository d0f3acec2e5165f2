import { z } from 'zod'
import { Refusal } from '@/lib/domain/core/refusal'

// What a colleague does to an order: each gesture is named after the SQL function that does it, and carries its arguments.

const Key = z.guid()
const Units = z.coerce.number().int().min(1).max(99)
const ofOrder = { order_id: z.guid(), idempotency_key: Key }

export const OrderGesture = z.discriminatedUnion('gesture', [
  z.object({ gesture: z.literal('claim_order'), ...ofOrder }),
  z.object({ gesture: z.literal('release_claim'), ...ofOrder }),
  z.object({
    gesture: z.literal('pick_units'),
    ...ofOrder,
    location_id: z.guid(),
    code: z.string().trim().min(1).max(120),
    quantity: z.coerce.number().int().min(-99).max(99),
  }),
  z.object({
    gesture: z.literal('short_pick'),
    ...ofOrder,
    location_id: z.guid(),
    order_item_id: z.coerce.number().int(),
    missing: Units,
  }),
  z.object({ gesture: z.literal('settle_shorts'), ...ofOrder }),
  z.object({ gesture: z.literal('confirm_order'), ...ofOrder }),
  z.object({ gesture: z.literal('take_payment'), ...ofOrder }),
  z.object({ gesture: z.literal('give_refund'), ...ofOrder }),
  z.object({
    gesture: z.literal('cancel_order'),
    ...ofOrder,
    reason: z.string().trim().min(1).max(200).exactOptional(),
  }),
  z.object({
    gesture: z.literal('fulfil_order'),
    ...ofOrder,
    location_id: z.guid(),
    lines: z
      .array(z.object({ order_item_id: z.int(), quantity: Units }))
      .min(1)
      .max(1000),
  }),
  z.object({
    gesture: z.literal('return_items'),
    ...ofOrder,
    location_id: z.guid(),
    lines: z
      .array(
        z.object({
          order_item_id: z.int(),
          quantity: Units,
          outcome: z.enum(['restock', 'damaged', 'inspect']),
        }),
      )
      .min(1)
      .max(1000),
  }),
  z.object({
    gesture: z.literal('inspect_return'),
    ...ofOrder,
    return_id: z.coerce.number().int(),
    restocked: z.coerce.number().int().min(0).max(99),
  }),
])
export type OrderGesture = z.infer<typeof OrderGesture>

/** The next order that waits, at one location or anywhere. */
export const ClaimNext = z.object({ idempotency_key: Key, location_id: z.guid().exactOptional() })
export type ClaimNext = z.infer<typeof ClaimNext>

/**
 * The gesture in a form. Lines are fields named `units:ITEM` and, where something comes back, `outcome:ITEM`; those of no
 * units are none. A field that was left empty is absent.
 */
export function gestureIn(form: FormData) {
  const filled = [...form].filter(([, value]) => value !== '')
  const lines = filled.flatMap(([name, value]) => {
    const item = /^units:(\d+)$/.exec(name)?.[1]
    if (item === undefined || value === '0') return []
    const outcome = form.get(`outcome:${item}`)
    return [{ order_item_id: Number(item), quantity: value, ...(outcome !== null && { outcome }) }]
  })
  const fields = Object.fromEntries(filled.filter(([name]) => !name.includes(':')))
  return OrderGesture.safeParse({ ...fields, ...(lines.length > 0 && { lines }) })
}

/** How a gesture fared: nothing to say, or why it was refused. */
export const GestureAnswer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), nothingWaits: z.literal(true).exactOptional() }),
  z.object({ ok: z.literal(false), error: Refusal }),
])
export type GestureAnswer = z.infer<typeof GestureAnswer>
