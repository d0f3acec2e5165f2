import { Link } from '@/components/ui/link'
import { CartUnits } from './cart-units'
import { cartLinkWords } from './words'

/** The link to the cart, with its number of items unless that is unknown. Renders an `<a>`. */
export function CartLink() {
  return (
    <Link
      href="/cart"
      className="flex min-h-11 items-center gap-1.5 px-1.5 text-small hover:underline tablet:px-2"
    >
      {cartLinkWords.cart}
      <CartUnits />
    </Link>
  )
}
