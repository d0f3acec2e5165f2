'use client'

import type { ReactNode } from 'react'
import { invoicesPageWords } from '@/components/shop/invoices/words'
import { Stack } from '@/components/ui/layout/stack'
import { largePrimaryButton } from '@/components/ui/looks'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import type { Order } from '@/lib/domain/orders/order'
import { mayCancel, mayPay, mayWithdraw } from '@/lib/domain/orders/order-rules'
import type { CollectionPoint } from '@/lib/domain/stock/place'
import { CancelForm } from './cancel-form'
import { OrderLines, OrderTimeline } from './details/order-details'
import { OrderFacts } from './order-facts'
import { OrderParcels } from './order-parcels'
import { orderOf } from './order-query'
import { withdrawalWords } from './withdrawal/words'
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
      <Stack gap={6}>
        <div role="status">
          <Heading level={1} className="mt-1">
            {statusTitle(order)}
          </Heading>
          <p className="mt-3 max-w-prose text-lead">{statusWords(order, places)}</p>
        </div>
        <OrderParcels order={order} />
        {mayPay(order) && canPayOnline && (
          <p>
            <a href={`/orders/${orderId}/pay`} className={largePrimaryButton}>
              {liveOrderWords.payNow}
            </a>
          </p>
        )}
      </Stack>
      <div className="mt-12 grid gap-x-16 gap-y-12 desktop:grid-cols-[3fr_2fr]">
        <OrderLines order={order} />
        <OrderTimeline order={order} />
        <OrderFacts order={order} place={place} />
        <Stack gap={6} atTop>
          {order.invoices.length > 0 && (
            <p>
              <TextLink href={`/orders/${orderId}/invoices`}>
                {invoicesPageWords.link(order.invoices.length)}
              </TextLink>
            </p>
          )}
          {children}
          {mayWithdraw(order) && (
            <p>
              <TextLink href={`/orders/${orderId}/withdraw`}>{withdrawalWords.linkToPage}</TextLink>
            </p>
          )}
          {mayCancel(order) && <CancelForm orderId={orderId} />}
        </Stack>
      </div>
    </>
  )
}
