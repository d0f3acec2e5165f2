'use client'

import { Link } from '@/components/ui/link'
import { useCartCount } from './cart-count'
import { cartLinkWords } from './words'

/** The link to the cart, with its number of items unless that is unknown. Renders an `<a>` of constant width. */
export function CartLink() {
  const { units } = useCartCount()
  return (
    <Link
      href="/cart"
      className="flex min-h-11 items-center gap-1.5 px-1.5 text-small hover:underline tablet:px-2"
    >
      {cartLinkWords.cart}
      <span
        className="figures inline-flex h-6 min-w-8 items-center justify-center rounded-full bg-sunken px-2 font-medium text-fine data-filled:bg-sun data-filled:text-on-sun"
        data-filled={(units ?? 0) > 0 || undefined}
      >
        <span>{units}</span>
        {units !== null && (
          <span className="sr-only">{units === 1 ? cartLinkWords.item : cartLinkWords.items}</span>
        )}
      </span>
    </Link>
  )
}
