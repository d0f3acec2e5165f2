'use client'

import type { ReactNode } from 'react'
import { Stack } from '@/components/ui/layout/stack'
import { largePrimaryButton } from '@/components/ui/looks'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import type { Order } from '@/lib/domain/orders/order'
import { mayCancel, mayPay } from '@/lib/domain/orders/order-rules'
import type { CollectionPoint } from '@/lib/domain/stock/place'
import { CancelForm } from './cancel-form'
import { OrderLines, OrderTimeline } from './order-details'
import { OrderFacts } from './order-facts'
import { orderOf } from './order-query'
import { liveOrderWords, statusTitle, statusWords } from './words'

/**
 * An order as it is at this moment, live. Renders the content of the page.
 *
 * @param orderId the order, of which `first` is what the server rendered.
 * @param children what its buyer may keep or do besides cancelling.
 */
export function LiveOrder({
  orderId,
  first,
  places,
  canPayOnline,
  children,
}: {
  orderId: string
  first: readonly [Order]
  places: readonly CollectionPoint[]
  canPayOnline: boolean
  children: ReactNode
}) {
  const { rows } = useLiveQuery(orderOf(orderId), first)
  const order = rows[0] ?? first[0]
  const place = places.find(({ id }) => id === order.collect_at)
  return (
    <>
      <Text tone="soft" figures>
        {liveOrderWords.order} {order.number}
      </Text>
      <div role="status">
        <Heading level={1} className="mt-1">
          {statusTitle(order)}
        </Heading>
        <p className="mt-3 max-w-prose text-lead">{statusWords(order, places)}</p>
      </div>
      {mayPay(order) && canPayOnline && (
        <p className="mt-5">
          <a href={`/orders/${orderId}/pay`} className={largePrimaryButton}>
            {liveOrderWords.payNow}
          </a>
        </p>
      )}
      <div className="mt-12 grid gap-x-16 gap-y-12 desktop:grid-cols-[3fr_2fr]">
        <OrderLines order={order} />
        <OrderTimeline order={order} />
        <OrderFacts order={order} place={place} />
        <Stack gap={6} atTop>
          {children}
          {mayCancel(order) && <CancelForm orderId={orderId} />}
        </Stack>
      </div>
    </>
  )
}
