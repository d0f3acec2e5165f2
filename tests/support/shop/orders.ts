import type { PaymentProvider } from '@/lib/domain/orders/order'
import { actAs, actAsOwner, aShop, type Caller, deliver, type Tx } from '@/tests/support/database'
import { aGuest } from './shopping'

/** A product of two variants; so many units of the first in the shop. */
export async function stockedVariant(tx: Tx, units = 5) {
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
  payment: PaymentProvider = 'on_collection',
) {
  const guest = aGuest(tx)
  await guest.hold(variantId, units)
  const placed = await guest.place(payment)
  const order = await guest.order(placed.order_id)
  return { guest, placed, itemId: order.items[0]?.id ?? 0 }
}

/** Does the work as a signed-in user, then goes back to owning the tables. */
export async function as<T>(tx: Tx, who: Caller, work: () => Promise<T>): Promise<T> {
  await actAs(tx, who)
  const answer = await work()
  await actAsOwner(tx)
  return answer
}
