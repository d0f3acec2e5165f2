import type { Cart, CartLine } from '@/lib/domain/cart'

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
