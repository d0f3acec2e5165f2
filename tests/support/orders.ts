import { aShop, deliver, type rolledBack } from '@/tests/support/database'
import { aGuest } from '@/tests/support/shopping'

export type Tx = Parameters<Parameters<typeof rolledBack>[1]>[0]

/** A product of two variants; so many units of the first in the shop. */
export async function mugs(tx: Tx, units = 5) {
  const shop = await aShop(tx, 2)
  const [variantId = '', siblingId = ''] = shop.variants
  if (units > 0) await deliver(tx, variantId, shop.locations[0], units)
  return { ...shop, variantId, siblingId }
}

/** A guest who has bought so many mugs. */
export async function anOrder(
  tx: Tx,
  variantId: string,
  units: number,
  payment: 'on_collection' | 'sandbox' = 'on_collection',
) {
  const guest = aGuest(tx)
  await guest.hold(variantId, units)
  const placed = await guest.place(payment)
  const order = await guest.order(placed.order_id)
  return { guest, placed, itemId: order.items[0]?.id ?? 0 }
}
