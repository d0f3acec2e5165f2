import type { Cart } from './cart'
import type { CartCount } from './cart-count'

// Values derived from a cart. Separate from its schema, so that no page ships that.

export function unitsIn(cart: Cart | null): number {
  return cart?.lines.reduce((units, { quantity }) => units + quantity, 0) ?? 0
}

/** The header's view of a cart; null where there never was one. */
export function countOf(cart: Cart | null): CartCount | null {
  if (!cart || cart.cart_id === null || cart.version === null) return null
  return { cart_id: cart.cart_id, units: unitsIn(cart), version: cart.version }
}

export function quantityOf(cart: Cart | null, variantId: string): number {
  return cart?.lines.find(({ variant_id }) => variant_id === variantId)?.quantity ?? 0
}

/** The cart as it will read once `by` units came or went; a line without units is gone. Tax is left to the shop. */
export function withUnits(cart: Cart, variantId: string, by: number): Cart {
  const lines = cart.lines
    .map((line) => {
      if (line.variant_id !== variantId) return line
      const quantity = line.quantity + by
      return { ...line, quantity, held: line.held + by, total_minor: quantity * line.price_minor }
    })
    .filter(({ quantity }) => quantity > 0)
  return { ...cart, lines, total_minor: lines.reduce((total, line) => total + line.total_minor, 0) }
}
