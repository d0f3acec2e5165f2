import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { InvoiceSheets } from '@/components/shop/invoices/invoice-sheets'
import { invoicesPageWords } from '@/components/shop/invoices/words'
import { StaffPage } from '@/components/ui/layout/page'
import { TextLink } from '@/components/ui/text/text-link'
import { deskOrder } from '@/lib/server/orders/order-desk'
import { requireStaff } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: invoicesPageWords.invoices }

export default async function StaffInvoicesRoute({ params }: PageProps<'/staff/orders/[order]/invoices'>) {
  await requireStaff('viewer')
  const id = z.guid().safeParse((await params).order)
  const desk = id.success ? await deskOrder(id.data) : null
  if (!desk) notFound()
  return (
    <StaffPage isNarrow>
      <InvoiceSheets
        order={desk.order}
        above={
          <TextLink tone="link" size="small" href={`/staff/orders/${desk.order.order_id}`}>
            {invoicesPageWords.order(desk.order.number)}
          </TextLink>
        }
      />
    </StaffPage>
  )
}
