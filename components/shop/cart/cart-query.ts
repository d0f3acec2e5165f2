import type { CartCount } from '@/lib/domain/cart/cart-count'
import { cartCounts } from '@/lib/domain/cart/cart-count'
import { type LiveQuery, liveQuery } from '@/lib/domain/live/query'

const counts = cartCounts(async (cartId) => {
  const response = await fetch(`/cart/units?cart=${cartId}`, { cache: 'no-store' })
  if (!response.ok) throw new Error(`carts: ${response.status}`)
  return response.json()
})

/** How many units are in a cart, for whoever knows its id. */
export function unitsOf(cartId: string): LiveQuery<CartCount> {
  return liveQuery(counts, [cartId])
}
