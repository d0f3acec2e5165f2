import type { Stock } from '@/lib/domain/stock/shelf'
import type { Cart, CartLine } from './cart'

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

/** Whether a line wants more units than it holds or the shelf has. */
export function isShort({ quantity }: CartLine, isHeld: boolean, { band, left }: Stock): boolean {
  return !isHeld && (band === 'out' || (left !== null && left < quantity))
}

/** How many units of a cart are held at a place; null when not all of it is held, and where they will come from is open. */
export function unitsHeldAt({ lines }: Cart, locationId: string): number | null {
  if (lines.some(({ quantity, held }) => held < quantity)) return null
  return lines
    .flatMap(({ held_at }) => held_at)
    .reduce((sum, { location_id, units }) => (location_id === locationId ? sum + units : sum), 0)
}
