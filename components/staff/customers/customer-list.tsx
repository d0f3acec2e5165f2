import type { Route } from 'next'
import { Cell, Table, TableRow } from '@/components/ui/data/table'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { CustomerEntry } from '@/lib/domain/people/customer'
import { customerListWords } from './words'

/** Customers by their latest order. Renders a `<table>`; on a small screen its rows become cards. */
export function CustomerList({ entries }: { entries: readonly CustomerEntry[] }) {
  return (
    <Table
      asCards
      caption={customerListWords.customers}
      columns={[
        { heading: customerListWords.name },
        { heading: customerListWords.account },
        { heading: customerListWords.latestOrder },
      ]}
    >
      {entries.map((entry) => (
        <TableRow key={entry.order_id} card="grid">
          <Cell names wide>
            <TextLink isTall href={`/staff/customers/${entry.order_id}` as Route}>
              {entry.name}
            </TextLink>
            <Text as="span" size="fine" tone="soft" block breaks>
              {entry.email}
            </Text>
          </Cell>
          <Cell>
            {entry.has_account ? customerListWords.hasAccount : customerListWords.isGuest}
            <Text as="span" size="fine" tone="soft" figures block>
              {customerListWords.orderCount(entry.orders)}
            </Text>
          </Cell>
          <Cell figures>
            {entry.number}
            <Text as="time" size="fine" tone="soft" block dateTime={entry.last_order_at}>
              {shopTime(entry.last_order_at)}
            </Text>
          </Cell>
        </TableRow>
      ))}
    </Table>
  )
}
