'use client'

import { useOptimistic } from 'react'
import { HoldAgain } from '@/components/shop/cart/holds/hold-again'
import { HoldAnnouncer } from '@/components/shop/cart/holds/hold-announcer'
import { Button } from '@/components/ui/actions/button'
import { LineList } from '@/components/ui/layout/line-list'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { startCheckout } from '@/lib/actions/shop/cart'
import type { Cart } from '@/lib/domain/cart/cart'
import type { PostedRefusal } from '@/lib/domain/cart/cart-answer'
import { cartHeldForMs } from '@/lib/domain/cart/cart-holds'
import { withUnits } from '@/lib/domain/cart/cart-sums'
import { formatMoney } from '@/lib/domain/core/money'
import type { LineFace } from '@/lib/domain/products/product'
import type { ShelfRow } from '@/lib/domain/stock/shelf'
import { CartLineRow } from './cart-line-row'
import { useOwnCart } from './own-cart'
import { cartContentsWords } from './words'

/** Everything in a cart, changeable, with what it comes to. Changes show at once. Renders a list and a form. */
export function CartContents({
  cart,
  faces,
  shelf,
  posted,
}: {
  cart: Cart
  faces: Record<string, LineFace>
  shelf: readonly ShelfRow[]
  posted: PostedRefusal | null
}) {
  const [shown, change] = useOptimistic(cart, (now, { id, by }: { id: string; by: number }) =>
    withUnits(now, id, by),
  )
  const count = useOwnCart()
  const isCounting = shown !== cart

  function countAhead(id: string, by: number): void {
    change({ id, by })
    count.countAhead(by)
  }

  return (
    <div className="grid gap-x-16 gap-y-12 desktop:grid-cols-[2fr_1fr]">
      <div>
        <HoldAgain cart={cart} shelf={shelf} />
        <LineList>
          {shown.lines.map((line) => (
            <CartLineRow
              key={line.variant_id}
              line={line}
              cart={shown}
              face={faces[line.variant_id] ?? { picture: null, siblings: [] }}
              shelf={shelf.filter(({ product_id }) => product_id === line.product_id)}
              posted={posted?.variant_id === line.variant_id ? posted : null}
              countAhead={countAhead}
            />
          ))}
        </LineList>
        <HoldAnnouncer heldForMs={cartHeldForMs(cart)} asOf={cart.now} />
      </div>
      <section aria-labelledby="sum" className="desktop:sticky desktop:top-10 desktop:self-start">
        <VisuallyHidden as="h2" id="sum">
          {cartContentsWords.orderTotal}
        </VisuallyHidden>
        <p className="flex items-baseline justify-between gap-6 text-title">
          <span>{cartContentsWords.total}</span>
          <span
            className="figures data-counting:text-soft data-counting:italic"
            data-counting={isCounting || undefined}
          >
            {formatMoney({ minor: shown.total_minor, currency: cart.currency })}
          </span>
        </p>
        <p className="figures mt-1 min-h-6 text-right text-fine text-soft">
          {isCounting
            ? cartContentsWords.updating
            : cartContentsWords.includesVat(formatMoney({ minor: cart.tax_minor, currency: cart.currency }))}
        </p>
        <form action={startCheckout} className="mt-6">
          <Button kind="primary" size="large" className="w-full">
            {cartContentsWords.goToCheckout}
          </Button>
        </form>
        <p className="mt-4 text-fine text-soft">{cartContentsWords.itemsInYourCartAre}</p>
      </section>
    </div>
  )
}
