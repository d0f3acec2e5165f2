import { HoldClock } from '@/components/shop/cart/holds/hold-clock'
import { Link } from '@/components/ui/link'
import type { Cart } from '@/lib/domain/cart/cart'
import { cartHeldForMs } from '@/lib/domain/cart/cart-holds'
import { formatMoney } from '@/lib/domain/core/money'
import { orderReviewWords } from './words'

/** The items about to be ordered, line by line, and the rest of their reservation. Renders a `<section>`. */
export function OrderReview({ cart }: { cart: Cart }) {
  const money = (minor: number) => formatMoney({ minor, currency: cart.currency })
  return (
    <section aria-labelledby="review">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="review" className="display text-title">
          {orderReviewWords.yourOrder}
        </h2>
        <Link href="/cart" className="underlined text-small">
          {orderReviewWords.editCart}
        </Link>
      </div>
      <ul className="mt-4 border-line border-t">
        {cart.lines.map((line) => (
          <li key={line.variant_id} className="flex justify-between gap-6 border-line border-b py-3">
            <span>
              <span className="figures">{line.quantity} × </span>
              {line.title}
              <span className="block text-small text-soft">{line.option_values.join(' · ')}</span>
            </span>
            <span className="figures">{money(line.total_minor)}</span>
          </li>
        ))}
      </ul>
      <p className="mt-3 flex justify-between gap-6 text-small text-soft">
        <span>{orderReviewWords.collectionOrDelivery}</span>
        <span>{orderReviewWords.free}</span>
      </p>
      <p className="mt-3 flex items-baseline justify-between gap-6 text-title">
        <span>{orderReviewWords.total}</span>
        <span className="figures">{money(cart.total_minor)}</span>
      </p>
      <p className="figures flex flex-wrap justify-between gap-x-6 text-fine text-soft">
        <HoldClock heldForMs={cartHeldForMs(cart)} asOf={cart.now} />
        <span>{`${orderReviewWords.includes} ${money(cart.tax_minor)} ${orderReviewWords.vat}`}</span>
      </p>
    </section>
  )
}
