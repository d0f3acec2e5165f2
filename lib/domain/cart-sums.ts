import type { Cart, CartLine } from '@/lib/domain/cart'

// What follows from a cart. Apart from its schema, so that no page ships that.

export function unitsIn(cart: Cart | null): number {
  return cart?.lines.reduce((units, { quantity }) => units + quantity, 0) ?? 0
}

/** Stands for what a cart shows: another one when a line, its units or whether they are held is another. */
export function stampOf(cart: Cart): string {
  return cart.lines.map(({ variant_id, quantity, held }) => `${variant_id}:${quantity}:${held}`).join()
}

export function quantityOf(cart: Cart | null, variantId: string): number {
  return cart?.lines.find(({ variant_id }) => variant_id === variantId)?.quantity ?? 0
}

/** How long a line's hold lasts from the moment the cart was read, in milliseconds; 0 when it has run out. */
export function heldForMs(line: CartLine, { now }: Cart): number {
  if (line.expires_at === null || line.held < line.quantity) return 0
  return Math.max(0, Date.parse(line.expires_at) - Date.parse(now))
}

/** How long the whole cart is sure to be held, in milliseconds: its shortest hold. */
export function cartHeldForMs(cart: Cart): number {
  return cart.lines.reduce(
    (shortest, line) => Math.min(shortest, heldForMs(line, cart)),
    Number.POSITIVE_INFINITY,
  )
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
