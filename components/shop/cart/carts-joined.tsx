import type { Cart } from '@/lib/domain/cart/cart'
import type { AdoptedCart } from '@/lib/domain/cart/cart-answer'
import { nameOf } from '@/lib/domain/products/variant-name'

/** Says what could not come along when two carts became one. Renders a `<p>`. */
export function CartsJoined({ fewer, cart }: { fewer: AdoptedCart['fewer']; cart: Cart }) {
  return (
    <p role="status" className="mb-6 bg-sunken px-5 py-4">
      We combined your two carts.{' '}
      {fewer
        .map(({ variant_id, wanted, quantity }) => {
          const line = cart.lines.find((each) => each.variant_id === variant_id)
          return line
            ? `${nameOf(line)}: you wanted ${wanted}, and we could reserve ${quantity}.`
            : 'One product was left out because you have reached its limit per person.'
        })
        .join(' ')}
    </p>
  )
}
