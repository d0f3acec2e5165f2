import { z } from 'zod'
import type { Order } from './order'

/** The sheets that are printed for an order: for its buyer, its picker, its carrier, and its buyer at the counter. */
export const orderSheets = ['slip', 'pick', 'label', 'receipt'] as const

export type OrderSheet = (typeof orderSheets)[number]

export const formats = ['a4', 'roll'] as const

/** The sheets that an order has: a label for an address, a receipt once it is paid. */
export function sheetsOf({ address, payment }: Pick<Order, 'address' | 'payment'>): OrderSheet[] {
  return orderSheets.filter(
    (sheet) =>
      (sheet !== 'label' || address !== null) && (sheet !== 'receipt' || payment.status === 'captured'),
  )
}

/** The sheet and its format, as they appear in the address. Unreadable values count as not set. */
export const SheetChoice = z.object({
  sheet: z.enum(orderSheets).catch('slip'),
  format: z.enum(formats).catch('a4'),
})
export type SheetChoice = z.infer<typeof SheetChoice>

/** The lines of a packing slip: the units that the buyer gets, without those that were cancelled. */
export function slipLines({ items }: Pick<Order, 'items'>) {
  return items
    .map((item) => ({ ...item, units: item.quantity - item.cancelled }))
    .filter(({ units }) => units > 0)
}
