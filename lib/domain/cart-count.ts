import { type LiveQuery, type LiveSource, liveQuery } from '@/lib/domain/live/query'
import { parseRows } from '@/lib/domain/live/rest'

/** How many units are in a cart. */
export interface CartCount {
  cart_id: string
  units: number
  version: number
}

/** By hand, as every page of the shop has it: a schema library would weigh more than all of the cart's count. */
function parse(candidate: unknown): CartCount | null {
  const { cart_id, units, version } = Object(candidate) as Partial<Record<keyof CartCount, unknown>>
  return typeof cart_id === 'string' && typeof units === 'number' && typeof version === 'number'
    ? { cart_id, units, version }
    : null
}

const carts: LiveSource<CartCount> = {
  table: 'carts',
  columns: [],
  by: 'cart_id',
  parse,
  id: (cart) => cart.cart_id,
  version: (cart) => cart.version,
  async ask([cart], call) {
    return parseRows(carts, await call('cart_units', { cart }))
  },
}

/** The count of a cart. Whoever knows its id may ask; on the server `read_cart` says it. */
export function countsOf(cartId: string): LiveQuery<CartCount> {
  return liveQuery(carts, [cartId])
}
