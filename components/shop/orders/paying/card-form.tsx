'use client'

import type { Route } from 'next'
import { type FormEvent, useRef, useState } from 'react'
import { orderOf } from '@/components/shop/orders/order-query'
import { Button } from '@/components/ui/actions/button'
import { Problem } from '@/components/ui/feedback/problem'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { beginCardPayment, settleCardPayment } from '@/lib/actions/shop/card-payment'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { formatMoney } from '@/lib/domain/core/money'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { Order } from '@/lib/domain/orders/order'
import type { CardAccess } from '@/lib/domain/payments/card-payment'
import { type CardElement, useCardElement } from './use-card-element'
import { cardFormWords } from './words'

/** Stripe's Payment Element for one order. A declined card leaves it open for another one. Renders a `<form>`. */
export function CardForm({ first, access }: { first: Order; access: CardAccess }) {
  const { rows } = useLiveQuery(orderOf(first.order_id), [first])
  const order = rows[0] ?? first
  const place = useRef<HTMLDivElement>(null)
  const card = useCardElement(place, access)
  const [isPaying, setPaying] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const page = `/orders/${order.order_id}`
  const money = formatMoney({ minor: order.payment.amount_minor, currency: order.currency })
  const isOpen = order.status === 'awaiting_payment'
  const closed = isOpen || isPaying ? null : cardFormWords.closed

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (isPaying || card.state !== 'ready') return
    setPaying(true)
    setProblem(null)
    const why = await payOnce(card, order.order_id).catch(() => cardFormWords.noAnswer)
    if (why === null) return window.location.assign(page)
    setProblem(why)
    setPaying(false)
  }

  return (
    <Stack as="form" gap={6} width="prose" onSubmit={onSubmit} aria-busy={isPaying}>
      <Stack gap={1}>
        <Text tone="soft">
          {cardFormWords.payForOrder} {order.number}
        </Text>
        <Heading level={1}>{money}</Heading>
      </Stack>
      <p>
        {order.payment.deadline && (
          <>
            {cardFormWords.chargedWhenSecured}{' '}
            <Text as="time" figures dateTime={order.payment.deadline}>
              {shopTime(order.payment.deadline)}
            </Text>
            .{' '}
          </>
        )}
        {cardFormWords.youPayOnlyWhen}
      </p>
      <div hidden={!isOpen}>
        <Text role="status" hidesEmpty>
          {card.state === 'loading' && cardFormWords.loading}
        </Text>
        <div ref={place} />
      </div>
      <Problem size="body">{card.state === 'broken' ? cardFormWords.broken : (problem ?? closed)}</Problem>
      {isOpen && (
        <Button kind="primary" size="large" aria-disabled={isPaying || card.state !== 'ready' || undefined}>
          {isPaying ? cardFormWords.paying : cardFormWords.pay(money)}
        </Button>
      )}
      <p>
        <TextLink href={page as Route}>
          {isOpen ? cardFormWords.cancelInstead : cardFormWords.viewOrder}
        </TextLink>
      </p>
    </Stack>
  )
}

/** Confirms the payment at Stripe and has the server look. Returns why it is not paid; null when the order's page says more. */
async function payOnce({ stripe, elements }: CardElement, orderId: string): Promise<string | null> {
  if (!stripe || !elements) return cardFormWords.broken
  const checked = await elements.submit()
  if (checked.error) return checked.error.message ?? cardFormWords.tryAgain
  if (!(await beginCardPayment(orderId))) return null
  const { error } = await stripe.confirmPayment({
    elements,
    confirmParams: { return_url: new URL(`/orders/${orderId}/pay`, window.location.href).href },
    redirect: 'if_required',
  })
  const outcome = await settleCardPayment(orderId)
  if (!error || outcome !== 'payable') return null
  return [error.message, cardFormWords.tryAgain].filter(Boolean).join(' ')
}
