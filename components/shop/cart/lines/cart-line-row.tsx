'use client'

import type { Route } from 'next'
import { HoldClock } from '@/components/shop/cart/holds/hold-clock'
import { LineStock } from '@/components/shop/cart/holds/line-stock'
import { ProductImage } from '@/components/shop/catalog/product-image'
import { Link } from '@/components/ui/link'
import { Text } from '@/components/ui/text/text'
import { useCountdown } from '@/lib/client/hooks/use-countdown'
import type { Cart, CartLine } from '@/lib/domain/cart/cart'
import type { PostedRefusal } from '@/lib/domain/cart/cart-answer'
import { heldForMs } from '@/lib/domain/cart/cart-holds'
import { formatMoney } from '@/lib/domain/core/money'
import type { LineFace } from '@/lib/domain/products/product'
import type { ShelfRow } from '@/lib/domain/stock/shelf'
import { QuantityForm } from './quantity-form'
import { cartLineRowWords, pausedWords } from './words'

/** One line of the cart. Renders an `<li>`; `data-held` while its units are reserved. */
export function CartLineRow({
  line,
  cart,
  face,
  shelf,
  posted,
  countAhead,
}: {
  line: CartLine
  cart: Cart
  face: LineFace
  shelf: readonly ShelfRow[]
  posted: PostedRefusal | null
  countAhead: (id: string, by: number) => void
}) {
  const money = (minor: number) => formatMoney({ minor, currency: cart.currency })
  const heldMs = heldForMs(line, cart)
  // A hold that runs out before the shopper's eyes ends here too.
  const isHeld = (useCountdown(heldMs, cart.now) ?? heldMs) > 0
  return (
    <li
      data-held={isHeld || undefined}
      className="grid grid-cols-[5.5rem_1fr] gap-x-4 border-line border-b py-5 tablet:grid-cols-[7rem_1fr] tablet:gap-x-6"
    >
      <ProductImage product={line} picture={face.picture && { ...face.picture, alt: '' }} />
      <div className="flex flex-col">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <Text as="h2" weight="medium">
            <Link
              href={`/products/${line.handle}?variant=${encodeURIComponent(line.sku)}` as Route}
              className="hover:underline"
            >
              {line.title}
            </Link>
          </Text>
          <Text figures>{money(line.total_minor)}</Text>
        </div>
        <Text size="small" tone="soft">
          {[
            ...line.option_values,
            ...(line.quantity > 1 ? [cartLineRowWords.each(money(line.price_minor))] : []),
          ].join(' · ')}
        </Text>
        <p className="mt-1 flex flex-wrap gap-x-4 text-small">
          {line.for_sale ? (
            <>
              <HoldClock heldForMs={heldMs} asOf={cart.now} />
              {line.paused_until && <span>{pausedWords(line.paused_until)}</span>}
              <LineStock line={line} isHeld={isHeld} first={shelf} />
            </>
          ) : (
            <Text as="span" tone="danger">
              {cartLineRowWords.noLongerForSaleRemove}
            </Text>
          )}
        </p>
        <QuantityForm
          line={line}
          shelf={shelf}
          siblings={face.siblings}
          isHeld={isHeld}
          posted={posted}
          countAhead={countAhead}
        />
      </div>
    </li>
  )
}
