import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CancelForm } from '@/components/orders/cancel-form'
import { OrderLines, OrderTimeline } from '@/components/orders/order-details'
import { OrderFacts } from '@/components/orders/order-facts'
import { OrderPulse } from '@/components/orders/order-pulse'
import { SecretLink } from '@/components/orders/secret-link'
import { statusTitle, statusWords } from '@/components/orders/words'
import { lookAgainAfterMs, mayCancel, mayPay } from '@/lib/domain/order'
import { offersSandbox } from '@/lib/server/env'
import { orderLink } from '@/lib/server/order-link'
import { findOrder } from '@/lib/server/orders'
import { shopPlaces } from '@/lib/server/shop-places'

export const instant = false

/** Nobody else is told the address. Not `no-referrer`: with that, forms are posted as from nowhere and refused. */
export const metadata: Metadata = { title: 'Your order', robots: { index: false }, referrer: 'same-origin' }

export default async function OrderPage({ params }: PageProps<'/orders/[order]'>) {
  const { order: id } = await params
  const [order, places, link] = await Promise.all([findOrder(id), shopPlaces(), orderLink(id)])
  if (!order || !link) notFound()
  const place = places.find((each) => each.id === order.collect_at)
  const everyMs = lookAgainAfterMs(order)
  return (
    <div className="page pt-10 tablet:pt-16">
      <OrderPulse everyMs={everyMs} />
      <p className="figures text-soft">Order {order.number}</p>
      <div role="status">
        <h1 className="display mt-1 text-heading">{statusTitle(order)}</h1>
        <p className="mt-3 max-w-prose text-lead">{statusWords(order, place?.name)}</p>
      </div>
      {mayPay(order) && offersSandbox() && (
        <p className="mt-5">
          <a href={`/orders/${id}/pay`} className="underlined">
            Pay now
          </a>
        </p>
      )}
      <div className="mt-12 grid gap-x-16 gap-y-12 desktop:grid-cols-[3fr_2fr]">
        <OrderLines order={order} />
        <OrderTimeline order={order} />
        <OrderFacts order={order} place={place} />
        <div className="grid content-start gap-6">
          <SecretLink address={link} />
          {mayCancel(order) && <CancelForm orderId={id} firstKey={randomUUID()} />}
        </div>
      </div>
    </div>
  )
}
