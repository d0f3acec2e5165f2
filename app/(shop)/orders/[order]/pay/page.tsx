import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { orderPayPageWords } from '@/app/(shop)/words'
import { orUnavailable } from '@/app/unavailable-page'
import { CardForm } from '@/components/shop/orders/paying/card-form'
import { SandboxForm } from '@/components/shop/orders/sandbox-form'
import { WhilePayable } from '@/components/shop/orders/while-payable'
import { ShopPage } from '@/components/ui/layout/page'
import { mayPay } from '@/lib/domain/orders/order-rules'
import { findOrder } from '@/lib/server/orders/orders'
import { cardAccess } from '@/lib/server/payments/intents'
import { settleOrder } from '@/lib/server/payments/settle-order'
import { canPayBy } from '@/lib/server/platform/env'

export const instant = false

export const metadata: Metadata = {
  title: orderPayPageWords.payment,
  robots: { index: false },
  referrer: 'same-origin',
}

/**
 * The page on which an order is paid: by card, or in the sandbox where a payment provider's own page would be. A browser that
 * comes back from its bank arrives here; the server asks Stripe before it shows anything.
 */
export default orUnavailable('order', async function PayPage({ params }: PageProps<'/orders/[order]/pay'>) {
  const { order: id } = await params
  const order = await findOrder(id)
  if (!order || !canPayBy(order.payment.provider)) notFound()
  const isByCard = order.payment.provider === 'stripe'
  if (isByCard && (await settleOrder(order)) !== 'payable') redirect(`/orders/${id}`)
  if (!mayPay(order)) redirect(`/orders/${id}`)
  const access = isByCard ? await cardAccess(order) : null
  return (
    <ShopPage>
      {access ? (
        <CardForm first={order} access={access} />
      ) : (
        <WhilePayable first={order}>
          <SandboxForm order={order} />
        </WhilePayable>
      )}
    </ShopPage>
  )
})
