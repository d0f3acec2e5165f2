import type { ReactNode } from 'react'
import { PrintButton } from '@/components/ui/actions/print-button'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import type { Order } from '@/lib/domain/orders/order'
import { InvoiceSheet } from './invoice-sheet'
import { invoicesPageWords as words } from './words'

/**
 * The invoice of an order and its credit notes, a sheet of A4 each when printed. Renders the content of the page.
 *
 * @param above the link to the order.
 */
export function InvoiceSheets({ order, above }: { order: Order; above: ReactNode }) {
  return (
    <Stack gap={10}>
      <Stack gap={4}>
        <p>{above}</p>
        <Heading level={1}>{words.invoices}</Heading>
        {order.invoices.length === 0 ? (
          <EmptyState>{words.none}</EmptyState>
        ) : (
          <>
            <Text size="small" tone="soft" prose>
              {words.about}
            </Text>
            <div>
              <PrintButton />
            </div>
          </>
        )}
      </Stack>
      {order.invoices.map((invoice) => (
        <InvoiceSheet key={`${invoice.kind} ${invoice.number}`} invoice={invoice} order={order} />
      ))}
    </Stack>
  )
}
