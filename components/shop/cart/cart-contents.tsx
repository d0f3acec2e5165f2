'use client'

import { useOptimistic } from 'react'
import { HoldAgain } from '@/components/shop/cart/holds/hold-again'
import { HoldAnnouncer } from '@/components/shop/cart/holds/hold-announcer'
import { CartSum } from '@/components/shop/cart/sum/cart-sum'
import { LineList } from '@/components/ui/layout/line-list'
import type { Cart } from '@/lib/domain/cart/cart'
import type { PostedRefusal } from '@/lib/domain/cart/cart-answer'
import { cartHeldForMs } from '@/lib/domain/cart/cart-holds'
import { withUnits } from '@/lib/domain/cart/cart-sums'
import type { LineFace } from '@/lib/domain/products/product'
import type { ShelfRow } from '@/lib/domain/stock/shelf'
import { CartLineRow } from './lines/cart-line-row'
import { useOwnCart } from './own-cart'

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
      <CartSum cart={shown} shelf={shelf} isCounting={isCounting} />
    </div>
  )
}
