'use client'

import { useEffect, useRef, useState } from 'react'
import { HoldAnnouncer } from '@/components/shop/cart/holds/hold-announcer'
import { Button } from '@/components/ui/actions/button'
import { FormFields } from '@/components/ui/form-fields'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { placeOrder } from '@/lib/actions/shop/checkout'
import { newId } from '@/lib/client/browser/capabilities'
import { useForm } from '@/lib/client/forms/use-form'
import type { Cart } from '@/lib/domain/cart/cart'
import { cartHeldForMs } from '@/lib/domain/cart/cart-holds'
import type { CheckoutAnswer } from '@/lib/domain/checkout/checkout-answer'
import type { CheckoutField } from '@/lib/domain/checkout/checkout-fields'
import { formatMoney } from '@/lib/domain/core/money'
import type { CollectionPoint } from '@/lib/domain/stock/place'
import { CheckoutTrouble } from './checkout-trouble'
import { ContactFields } from './contact-fields'
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
  offersSandbox,
  buyer,
  posted,
}: {
  cart: Cart
  points: readonly CollectionPoint[]
  offersSandbox: boolean
  /** The known contact of a signed-in shopper, to begin with; null for a guest. */
  buyer: Record<CheckoutField, string> | null
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
  const total = formatMoney({ minor: cart.total_minor, currency: cart.currency })

  useEffect(() => {
    if ((answer && !isChecking) || isUnanswered) trouble.current?.focus()
  }, [answer, isChecking, isUnanswered])

  return (
    <form
      {...props}
      ref={form}
      noValidate
      className="group/checkout grid gap-x-16 gap-y-12 desktop:grid-cols-[3fr_2fr]"
    >
      <FormFields page="/checkout" {...(key && { idempotencyKey: key })} />
      <input type="hidden" name="expected_total_minor" value={cart.total_minor} />
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
          canBeBrought={offersSandbox}
        />
        <ContactFields typed={typed} problem={problem} isGuest={buyer === null} />
        <PaymentFields typed={typed} problem={problem} offersSandbox={offersSandbox} />
      </Stack>
      <div className="desktop:sticky desktop:top-10 desktop:self-start">
        <OrderReview cart={cart} />
        <Button
          kind="primary"
          size="large"
          aria-disabled={isPending || isChecking || undefined}
          className="mt-6 w-full"
        >
          {isPending || isChecking ? checkoutFormWords.placingOrder : checkoutFormWords.placeOrder(total)}
        </Button>
        <HoldAnnouncer heldForMs={cartHeldForMs(cart)} asOf={cart.now} />
      </div>
    </form>
  )
}
