'use client'

import { useEffect, useRef, useState } from 'react'
import { HoldAnnouncer } from '@/components/shop/cart/holds/hold-announcer'
import { Button } from '@/components/ui/actions/button'
import { FormFields } from '@/components/ui/form-fields'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { placeOrder } from '@/lib/actions/shop/checkout'
import { newId } from '@/lib/client/browser/capabilities'
import { useQuote } from '@/lib/client/documents/use-quote'
import { useForm } from '@/lib/client/forms/use-form'
import type { Cart } from '@/lib/domain/cart/cart'
import { cartHeldForMs } from '@/lib/domain/cart/cart-holds'
import type { CheckoutAnswer } from '@/lib/domain/checkout/checkout-answer'
import type { CheckoutField } from '@/lib/domain/checkout/checkout-fields'
import type { Quote, QuotedDelivery } from '@/lib/domain/checkout/totals'
import { formatMoney } from '@/lib/domain/core/money'
import type { OnlineProvider } from '@/lib/domain/orders/order'
import type { CollectionPoint } from '@/lib/domain/stock/place'
import { CheckoutTrouble } from './checkout-trouble'
import { ContactFields } from './contact-fields'
import { DeliveryPrice } from './delivery-price'
import { DiscountField } from './discount-field'
import { HandoverFields } from './handover-fields'
import { OrderReview } from './order-review'
import { PaymentFields } from './payment-fields'
import { useProof } from './use-proof'
import { checkoutFormWords, problemWords } from './words'

/**
 * Everything an order needs, on one page: where to, who, how to pay, what. One key for as long as the page lives, so a
 * double click, a lost reply or the back button make no second order. Works without JavaScript. Renders a `<form>`.
 */
export function CheckoutForm({
  cart,
  points,
  online,
  buyer,
  countries,
  firstQuote,
  posted,
}: {
  cart: Cart
  points: readonly CollectionPoint[]
  /** How orders are paid online; null: not at all. */
  online: OnlineProvider | null
  /** The known contact of a signed-in shopper, to begin with; null for a guest. */
  buyer: Record<CheckoutField, string> | null
  /** The countries that the shop delivers to, at a price; null for free delivery everywhere. */
  countries: readonly string[] | null
  /** The total that the form begins with; null where it is that of the cart. */
  firstQuote: { delivery: QuotedDelivery; quote: Quote } | null
  posted: CheckoutAnswer | null
}) {
  const [key, setKey] = useState<string | null>(null)
  const { isPending, isUnanswered, props, ...sent } = useForm(placeOrder, {
    post: '/checkout/place',
    requests: 'once',
    // A challenge is for the form as it is, with its key.
    onAnswer: ({ challenge }) => challenge === null && setKey(newId()),
  })
  const answer = sent.answer ?? posted
  const typed = answer?.typed ?? buyer ?? undefined
  const trouble = useRef<HTMLDivElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const isChecking = useProof(form, sent.answer?.challenge ?? null)
  const problem = (field: CheckoutField) => problemWords(field, answer?.problems[field])
  const { quote, isQuoting, isUnknown, props: quoting } = useQuote(cart, firstQuote, countries !== null)
  const total = formatMoney({ minor: quote.total_minor, currency: cart.currency })
  const isBusy = isPending || isChecking || isQuoting

  useEffect(() => {
    if ((answer && !isChecking) || isUnanswered) trouble.current?.focus()
  }, [answer, isChecking, isUnanswered])

  return (
    <form
      {...props}
      {...quoting}
      ref={form}
      noValidate
      className="group/checkout grid gap-x-16 gap-y-12 desktop:grid-cols-[3fr_2fr]"
    >
      <FormFields page="/checkout" {...(key && { idempotencyKey: key })} />
      <input type="hidden" name="expected_total_minor" value={quote.total_minor} />
      <input type="hidden" name="proof_challenge" defaultValue="" />
      <input type="hidden" name="proof_nonce" defaultValue="" />
      <Stack gap={12} atTop>
        <Text size="small" hidesEmpty role="status">
          {isChecking && checkoutFormWords.checkingYourOrderThisTakes}
        </Text>
        {!isChecking && (
          <CheckoutTrouble
            ref={trouble}
            answer={answer}
            isUnanswered={isUnanswered}
            isUnsent={sent.isUnsent}
            cart={cart}
          />
        )}
        <HandoverFields
          cart={cart}
          points={points}
          typed={typed}
          problem={problem}
          canBeBrought={online !== null}
          countries={countries}
          delivery={<DeliveryPrice quote={quote} isQuoting={isQuoting} isUnknown={isUnknown} />}
        />
        <ContactFields typed={typed} problem={problem} isGuest={buyer === null} />
        <PaymentFields typed={typed} problem={problem} online={online} />
      </Stack>
      <div className="desktop:sticky desktop:top-10 desktop:self-start">
        <OrderReview cart={cart} quote={quote} />
        <Stack gap={4}>
          <Button kind="primary" size="large" aria-disabled={isBusy || undefined} className="mt-6 w-full">
            {isQuoting
              ? checkoutFormWords.updatingTotal
              : isBusy
                ? checkoutFormWords.placingOrder
                : checkoutFormWords.placeOrder(total)}
          </Button>
          <DiscountField discount={quote.discount} isBusy={isBusy} />
        </Stack>
        <HoldAnnouncer heldForMs={cartHeldForMs(cart)} asOf={cart.now} />
      </div>
    </form>
  )
}
