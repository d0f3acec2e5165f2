import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { orderPayPageWords } from '@/app/(shop)/words'
import { orUnavailable } from '@/app/unavailable-page'
import { SandboxForm } from '@/components/shop/orders/sandbox-form'
import { WhilePayable } from '@/components/shop/orders/while-payable'
import { ShopPage } from '@/components/ui/layout/page'
import { mayPay } from '@/lib/domain/orders/order-rules'
import { findOrder } from '@/lib/server/orders/orders'
import { offersSandbox } from '@/lib/server/platform/env'

export const instant = false

export const metadata: Metadata = {
  title: orderPayPageWords.sandboxPayment,
  robots: { index: false },
  referrer: 'same-origin',
}

/** Where a payment provider's own page would be. */
export default orUnavailable('order', async function PayPage({ params }: PageProps<'/orders/[order]/pay'>) {
  const { order: id } = await params
  const order = await findOrder(id)
  if (!order || !offersSandbox()) notFound()
  if (!mayPay(order)) redirect(`/orders/${id}`)
  return (
    <ShopPage>
      <WhilePayable first={order}>
        <SandboxForm order={order} />
      </WhilePayable>
    </ShopPage>
  )
})
