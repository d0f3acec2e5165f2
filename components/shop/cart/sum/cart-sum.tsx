'use client'

import { Button } from '@/components/ui/actions/button'
import { Problem } from '@/components/ui/feedback/problem'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { startCheckout } from '@/lib/actions/shop/cart'
import { useCountdown } from '@/lib/client/hooks/use-countdown'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import type { Cart, CartLine } from '@/lib/domain/cart/cart'
import { heldForMs, isShort } from '@/lib/domain/cart/cart-holds'
import { formatMoney } from '@/lib/domain/core/money'
import { type ShelfRow, shelfOf, stockOfVariant } from '@/lib/domain/stock/shelf'
import { cartSumWords } from './words'

/**
 * The total of a cart and the way to the checkout, which is closed while lines are unavailable and not reserved. Renders a
 * `<section>` with a form.
 *
 * @param isCounting whether a change is shown that the server has not confirmed.
 */
export function CartSum({
  cart,
  shelf,
  isCounting,
}: {
  cart: Cart
  shelf: readonly ShelfRow[]
  isCounting: boolean
}) {
  const missing = useMissingLines(cart, shelf)
  const money = (minor: number) => formatMoney({ minor, currency: cart.currency })
  return (
    <section aria-labelledby="sum" className="desktop:sticky desktop:top-10 desktop:self-start">
      <VisuallyHidden as="h2" id="sum">
        {cartSumWords.orderTotal}
      </VisuallyHidden>
      <p className="flex items-baseline justify-between gap-6 text-title">
        <span>{cartSumWords.total}</span>
        <span
          className="figures data-counting:text-soft data-counting:italic"
          data-counting={isCounting || undefined}
        >
          {money(cart.total_minor)}
        </span>
      </p>
      <p className="figures mt-1 min-h-6 text-right text-fine text-soft">
        {isCounting ? cartSumWords.updating : cartSumWords.includesVat(money(cart.tax_minor))}
      </p>
      {missing.length > 0 && (
        <Problem role="status">{cartSumWords.includesUnavailable(money(totalOf(missing)))}</Problem>
      )}
      <form
        action={startCheckout}
        onSubmit={(event) => {
          if (missing.length > 0) event.preventDefault()
        }}
        className="mt-6"
      >
        <Button
          kind="primary"
          size="large"
          aria-disabled={missing.length > 0 || undefined}
          className="w-full"
        >
          {missing.length > 0 ? cartSumWords.changeUnavailableItems : cartSumWords.goToCheckout}
        </Button>
      </form>
      <p className="mt-4 text-fine text-soft">{cartSumWords.itemsInYourCartAre}</p>
    </section>
  )
}

/** Lines that cannot be ordered now: not for sale, or without a reservation and with fewer units on the shelf. */
function useMissingLines(cart: Cart, shelf: readonly ShelfRow[]): CartLine[] {
  const { rows } = useLiveQuery(shelfOf([...new Set(cart.lines.map(({ product_id }) => product_id))]), shelf)
  const longest = Math.max(0, ...cart.lines.map((line) => heldForMs(line, cart)))
  const passed = longest - (useCountdown(longest, cart.now) ?? longest)
  return cart.lines.filter((line) => {
    const isHeld = heldForMs(line, cart) > passed
    return !line.for_sale || isShort(line, isHeld, stockOfVariant(rows, line.variant_id))
  })
}

function totalOf(lines: readonly CartLine[]): number {
  return lines.reduce((sum, { total_minor }) => sum + total_minor, 0)
}
