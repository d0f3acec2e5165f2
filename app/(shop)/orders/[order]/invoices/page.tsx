import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { orUnavailable } from '@/app/unavailable-page'
import { InvoiceSheets } from '@/components/shop/invoices/invoice-sheets'
import { invoicesPageWords } from '@/components/shop/invoices/words'
import { ShopPage } from '@/components/ui/layout/page'
import { TextLink } from '@/components/ui/text/text-link'
import { findOrder } from '@/lib/server/orders/orders'

export const instant = false

export const metadata: Metadata = {
  title: invoicesPageWords.invoices,
  robots: { index: false },
  referrer: 'same-origin',
}

export default orUnavailable(
  'order',
  async function InvoicesPage({ params }: PageProps<'/orders/[order]/invoices'>) {
    const order = await findOrder((await params).order)
    if (!order) notFound()
    return (
      <ShopPage>
        <InvoiceSheets
          order={order}
          above={
            <TextLink size="small" href={`/orders/${order.order_id}`}>
              {invoicesPageWords.order(order.number)}
            </TextLink>
          }
        />
      </ShopPage>
    )
  },
)
