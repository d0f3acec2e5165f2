import { HoldClock } from '@/components/shop/cart/holds/hold-clock'
import { TotalParts } from '@/components/shop/totals/total-parts'
import { includedTaxWords } from '@/components/shop/totals/words'
import { Sum } from '@/components/ui/data/sum'
import { LineItem } from '@/components/ui/layout/line-list'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import type { Cart } from '@/lib/domain/cart/cart'
import { cartHeldForMs } from '@/lib/domain/cart/cart-holds'
import type { Quote } from '@/lib/domain/checkout/totals'
import { formatMoney } from '@/lib/domain/core/money'
import { orderReviewWords } from './words'

/** The items about to be ordered, line by line, their total, and the rest of their reservation. Renders a `<section>`. */
export function OrderReview({ cart, quote }: { cart: Cart; quote: Quote }) {
  const money = (minor: number) => formatMoney({ minor, currency: cart.currency })
  return (
    <section aria-labelledby="review">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <Heading level={2} id="review">
          {orderReviewWords.yourOrder}
        </Heading>
        <TextLink size="small" href="/cart">
          {orderReviewWords.editCart}
        </TextLink>
      </div>
      <ul className="mt-4 border-line border-t">
        {cart.lines.map((line) => (
          <LineItem key={line.variant_id} layout="spread">
            <span>
              <Text as="span" figures>
                {line.quantity} ×{' '}
              </Text>
              {line.title}
              <Text as="span" size="small" tone="soft" block>
                {line.option_values.join(' · ')}
              </Text>
            </span>
            <Text as="span" figures>
              {money(line.total_minor)}
            </Text>
          </LineItem>
        ))}
      </ul>
      <TotalParts
        totals={quote}
        title={quote.discount?.title ?? null}
        currency={cart.currency}
        whenFree={orderReviewWords.collectionOrDelivery}
      />
      <Sum size="title" name={orderReviewWords.total}>
        {money(quote.total_minor)}
      </Sum>
      <p className="figures flex flex-wrap justify-between gap-x-6 text-fine text-soft">
        <HoldClock heldForMs={cartHeldForMs(cart)} asOf={cart.now} />
        <span>{includedTaxWords(quote, cart.currency)}</span>
      </p>
    </section>
  )
}
