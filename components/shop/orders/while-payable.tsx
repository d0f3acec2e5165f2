'use client'

import type { Route } from 'next'
import type { ReactNode } from 'react'
import { ButtonLink } from '@/components/ui/actions/button'
import { Stack } from '@/components/ui/layout/stack'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import type { Order } from '@/lib/domain/orders/order'
import { mayPay } from '@/lib/domain/orders/order-rules'
import { orderOf } from './order-query'
import { whilePayableWords } from './words'

/** The buttons of a payment while they can be used, also after "Back" to them. Renders its children, or the way to the order. */
export function WhilePayable({ first, children }: { first: Order; children: ReactNode }) {
  const { rows } = useLiveQuery(orderOf(first.order_id), [first])
  const order = rows[0] ?? first
  if (mayPay(order)) return children
  return (
    <Stack gap={4}>
      <p role="status">
        {order.payment.in_progress ? whilePayableWords.inProgress : whilePayableWords.nothingToPay}
      </p>
      <p>
        <ButtonLink size="large" href={`/orders/${order.order_id}` as Route}>
          {whilePayableWords.viewOrder}
        </ButtonLink>
      </p>
    </Stack>
  )
}
