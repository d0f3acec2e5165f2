import type { Cart } from '@/lib/domain/cart/cart'
import type { AdoptedCart } from '@/lib/domain/cart/cart-answer'
import { nameOf } from '@/lib/domain/products/variant-name'
import { cartsJoinedWords } from './words'

/** Says what could not come along when two carts became one. Renders a `<p>`. */
export function CartsJoined({ fewer, cart }: { fewer: AdoptedCart['fewer']; cart: Cart }) {
  return (
    <p role="status" className="mb-6 bg-sunken px-5 py-4">
      {cartsJoinedWords.weCombinedYourTwoCarts}{' '}
      {fewer
        .map(({ variant_id, wanted, quantity }) => {
          const line = cart.lines.find((each) => each.variant_id === variant_id)
          return line
            ? cartsJoinedWords.youWantedAndWeCould(nameOf(line), wanted, quantity)
            : cartsJoinedWords.oneProductWasLeftOut
        })
        .join(' ')}
    </p>
  )
}
