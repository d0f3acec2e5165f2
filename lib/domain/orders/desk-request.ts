import { z } from 'zod'
import { fieldsIn } from '@/lib/domain/forms/form-fields'
import { readTypedPrice } from '@/lib/domain/imports/reading/cells/price'
import { TakenAs } from './counter-sale'

// Requests of staff about an order, as the form sends them and the SQL function takes them.

const Units = z.coerce.number().int().min(1).max(99)
const Lines = <Line extends z.ZodType>(line: Line) => z.array(line).min(1).max(1000)

export const OfOrder = z.object({ order_id: z.guid(), idempotency_key: z.guid() })

/** Money at the counter, and how it was taken. */
export const PaymentTaken = OfOrder.extend({ taken_as: TakenAs })

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

/** A refund beyond what is due: an amount as it is typed, in the currency of the order. */
export const RefundMore = OfOrder.extend({
  currency: z.string().regex(/^[A-Z]{3}$/),
  amount: z.string().trim().max(20),
  reason: z.string().trim().min(1).max(200),
}).transform(({ currency, amount, ...asked }, context) => {
  const read = readTypedPrice(amount, currency)
  if (read.ok) return { ...asked, amount_minor: read.data }
  context.addIssue({ code: 'custom', path: ['amount'], message: 'not an amount' })
  return z.NEVER
})
export type RefundMore = z.infer<typeof RefundMore>

export const CancelByStaff = OfOrder.extend({ reason: z.string().trim().min(1).max(200).exactOptional() })

/** How units travel. As in private.parcel_in: a code that a label prints in groups is one. */
export const ParcelAsked = z.object({
  carrier: z.string().trim().min(1).max(60),
  tracking_number: z
    .string()
    .max(100)
    .transform((typed) => typed.replaceAll(/\s/g, '').toUpperCase())
    .pipe(z.string().regex(/^[0-9A-Z][0-9A-Z-]{3,39}$/))
    .exactOptional(),
})

export const Fulfilment = OfOrder.extend({
  location_id: z.guid(),
  parcel: ParcelAsked.exactOptional(),
  /** Takes the money that is due at the counter in the same step. */
  taken_as: TakenAs.exactOptional(),
  lines: Lines(z.object({ order_item_id: z.int(), quantity: Units })),
})

/** The carrier and number of a parcel that has left: added, or corrected. */
export const ParcelChange = OfOrder.extend({
  hand_over: z.coerce.number().int().positive(),
  parcel: ParcelAsked,
})

/** Whether a parcel has reached its address. */
export const ParcelDelivered = OfOrder.extend({
  hand_over: z.coerce.number().int().positive(),
  delivered: z.stringbool(),
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
  return { ...parcelFields(form), lines }
}

/** The fields `carrier` and `tracking_number` as one parcel; absent when both are empty. */
export function parcelFields(form: FormData): Record<string, unknown> {
  const { carrier, tracking_number, ...rest } = fieldsIn(form)
  const parcel = {
    ...(carrier !== undefined && { carrier }),
    ...(tracking_number !== undefined && { tracking_number }),
  }
  return Object.keys(parcel).length > 0 ? { ...rest, parcel } : rest
}
