import type { Metadata, Route } from 'next'
import { notFound } from 'next/navigation'
import { orderPageWords } from '@/app/(shop)/words'
import { orUnavailable } from '@/app/unavailable-page'
import { askWords } from '@/components/shop/conversations/words'
import { DetailsDeleted, EraseOrder } from '@/components/shop/orders/erase-order'
import { KeepOrder } from '@/components/shop/orders/keep-order'
import { LiveOrder } from '@/components/shop/orders/live-order'
import { OrderAgain } from '@/components/shop/orders/order-again'
import { SecretLink } from '@/components/shop/orders/secret-link'
import { ShopPage } from '@/components/ui/layout/page'
import { TextLink } from '@/components/ui/text/text-link'
import { ErasedOrder } from '@/lib/domain/orders/order-request'
import { readFlash } from '@/lib/server/http/flash'
import { orderLink } from '@/lib/server/orders/order-link'
import { findOrder, isInAccount } from '@/lib/server/orders/orders'
import { canPayBy } from '@/lib/server/platform/env'
import { shopPlaces } from '@/lib/server/stock/shop-places'

export const instant = false

/** Nobody else is told the address. Not `no-referrer`: with that, forms are posted as from nowhere and refused. */
export const metadata: Metadata = {
  title: orderPageWords.yourOrder,
  robots: { index: false },
  referrer: 'same-origin',
}

export default orUnavailable('order', async function OrderPage({ params }: PageProps<'/orders/[order]'>) {
  const { order: id } = await params
  const [order, places, link] = await Promise.all([findOrder(id), shopPlaces(), orderLink(id)])
  const erased = await readFlash(ErasedOrder)
  if (!order && erased?.erased === 'now') return <DetailsDeleted />
  if (!order) notFound()
  const inAccount = link ? await isInAccount(id) : null
  return (
    <ShopPage>
      <LiveOrder orderId={id} first={[order]} places={places} canPayOnline={canPayBy(order.payment.provider)}>
        <OrderAgain orderId={id} />
        <p>
          <TextLink href={`/orders/${id}/ask` as Route}>{askWords.aboutThisOrder}</TextLink>
        </p>
        {link && <SecretLink address={link} />}
        {link && <KeepOrder orderId={id} isInAccount={inAccount} />}
        {link && !inAccount && <EraseOrder order={order} attempt={erased} />}
      </LiveOrder>
    </ShopPage>
  )
})
