import type { Cart } from '@/lib/domain/cart/cart'
import type { AdoptedCart } from '@/lib/domain/cart/cart-answer'
import { nameOf } from '@/lib/domain/products/variant-name'
import { pieces } from './words'

/** Says what could not come along when two carts became one. Renders a `<p>`. */
export function CartsJoined({ fewer, cart }: { fewer: AdoptedCart['fewer']; cart: Cart }) {
  return (
    <p role="status" className="mb-6 bg-sunken px-5 py-4">
      Your two carts are one now.{' '}
      {fewer
        .map(({ variant_id, wanted, quantity }) => {
          const line = cart.lines.find((each) => each.variant_id === variant_id)
          return line
            ? `Of ${nameOf(line)} you wanted ${wanted}; ${pieces(quantity)} could be had.`
            : 'Something in it you have bought as often as one person may, so it was left out.'
        })
        .join(' ')}
    </p>
  )
}
