'use client'

import type { ReactNode } from 'react'
import { actionButton } from '@/components/ui/controls'
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
 * An order as it is at this moment: what the shop does with it shows here by itself. Renders the page's content.
 *
 * @param orderId the order, of which `first` is what the server rendered.
 * @param children what its buyer may keep or do beside calling it off.
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
      <p className="figures text-soft">
        {liveOrderWords.order} {order.number}
      </p>
      <div role="status">
        <h1 className="display mt-1 text-heading">{statusTitle(order)}</h1>
        <p className="mt-3 max-w-prose text-lead">{statusWords(order, places)}</p>
      </div>
      {mayPay(order) && canPayOnline && (
        <p className="mt-5">
          <a href={`/orders/${orderId}/pay`} className={actionButton}>
            {liveOrderWords.payNow}
          </a>
        </p>
      )}
      <div className="mt-12 grid gap-x-16 gap-y-12 desktop:grid-cols-[3fr_2fr]">
        <OrderLines order={order} />
        <OrderTimeline order={order} />
        <OrderFacts order={order} place={place} />
        <div className="grid content-start gap-6">
          {children}
          {mayCancel(order) && <CancelForm orderId={orderId} />}
        </div>
      </div>
    </>
  )
}
