'use client'

import { useOwnCart } from './own-cart'
import { cartLinkWords } from './words'

/** The number of items in the cart; nothing while it is not known. Renders a `<span>` of constant width. */
export function CartUnits() {
  const { units } = useOwnCart()
  return (
    <span
      className="figures inline-flex h-6 min-w-8 items-center justify-center rounded-full bg-sunken px-2 font-medium text-fine data-filled:bg-sun data-filled:text-on-sun"
      data-filled={(units ?? 0) > 0 || undefined}
    >
      <span>{units}</span>
      {units !== null && (
        <span className="sr-only">{units === 1 ? cartLinkWords.item : cartLinkWords.items}</span>
      )}
    </span>
  )
}
