import type { LiveSource } from '@/lib/domain/live/query'
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

/** The counts of carts. The database tells a browser nothing of a cart but that it changed: `ask` asks the shop's server. */
export function cartCounts(ask: (cartId: string) => Promise<unknown>): LiveSource<CartCount> {
  const counts: LiveSource<CartCount> = {
    table: 'carts',
    columns: [],
    by: 'cart_id',
    parse,
    id: (cart) => cart.cart_id,
    version: (cart) => cart.version,
    fetchRows: async ([cartId = '']) => parseRows(counts, await ask(cartId)),
  }
  return counts
}
