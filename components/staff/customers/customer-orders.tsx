import type { Route } from 'next'
import { Cell, Table, TableRow } from '@/components/ui/data/table'
import { Section } from '@/components/ui/layout/section'
import { NextPages } from '@/components/ui/navigation/next-pages'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { formatMoney } from '@/lib/domain/core/money'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { Customer } from '@/lib/domain/people/customer'
import { customerWords } from './words'

/** The orders of a customer, newest first, with links to the next page. Renders a `<section>`. */
export function CustomerOrders({
  customer,
  hasMore,
  isFirstPage,
}: {
  customer: Customer
  hasMore: boolean
  isFirstPage: boolean
}) {
  const page = `/staff/customers/${customer.order_id}`
  const last = customer.orders.at(-1)
  return (
    <Section id="orders" title={customerWords.orders} gap={4}>
      <Table
        caption={customerWords.orderTable(customer.total)}
        isTitled
        columns={[
          { heading: customerWords.order },
          { heading: customerWords.status },
          { heading: customerWords.total, end: true },
        ]}
      >
        {customer.orders.map((order) => (
          <TableRow key={order.order_id}>
            <Cell names>
              <TextLink isTall href={`/staff/orders/${order.order_id}` as Route}>
                {order.number}
              </TextLink>
              <Text as="time" size="fine" tone="soft" figures block dateTime={order.created_at}>
                {shopTime(order.created_at)}
              </Text>
            </Cell>
            <Cell>{customerWords.statuses[order.status]}</Cell>
            <Cell end figures>
              {formatMoney({ minor: order.total_minor, currency: order.currency })}
            </Cell>
          </TableRow>
        ))}
      </Table>
      <NextPages
        label={customerWords.orderPages}
        first={isFirstPage ? null : { href: page, label: customerWords.newestOrders }}
        next={
          hasMore && last ? { href: `${page}?before=${last.number}`, label: customerWords.olderOrders } : null
        }
      />
    </Section>
  )
}
