import { Fact, Facts } from '@/components/ui/data/facts'
import { Sum } from '@/components/ui/data/sum'
import { Cell, Table, TableRow } from '@/components/ui/data/table'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { countryName } from '@/lib/domain/checkout/country-name'
import { formatMoney } from '@/lib/domain/core/money'
import { shopDay } from '@/lib/domain/core/shop-time'
import type { Invoice } from '@/lib/domain/orders/invoice'
import type { Order } from '@/lib/domain/orders/order'
import { percent } from '@/lib/domain/text/percent'
import { invoiceWords as words } from './words'

/** An invoice or a credit note. Renders an `<article>`. */
export function InvoiceSheet({ invoice, order }: { invoice: Invoice; order: Order }) {
  const title = words.titleOf(invoice)
  return (
    <Stack as="article" gap={6} aria-label={title} data-print>
      <Heading level={2}>{title}</Heading>
      <Facts layout="row">
        <Fact name={words.date}>{shopDay(invoice.issued_at)}</Fact>
        <Fact name={words.order}>{order.number}</Fact>
        <Fact name={words.ordered}>{shopDay(order.created_at)}</Fact>
      </Facts>
      <Parties invoice={invoice} order={order} />
      <Lines invoice={invoice} order={order} />
      <Taxes invoice={invoice} currency={order.currency} />
    </Stack>
  )
}

/** The shop as it was, and the person in the order. Renders a `<dl>`. */
function Parties({ invoice: { seller }, order }: { invoice: Invoice; order: Order }) {
  const { address } = order
  const sellerLines = [
    seller.name,
    seller.address,
    seller.country && countryName(seller.country),
    seller.email,
    seller.tax_number && words.taxNumber(seller.tax_number),
  ]
  const buyerLines = [
    order.name,
    address?.line1,
    address && `${address.postcode} ${address.city}`,
    address && countryName(address.country),
  ]
  return (
    <Facts>
      {[
        { name: words.seller, lines: sellerLines },
        { name: words.buyer, lines: buyerLines },
      ].map(({ name, lines }) => (
        <Fact key={name} name={name}>
          {lines.filter(Boolean).map((line) => (
            <Text as="span" block breaks key={line}>
              {line}
            </Text>
          ))}
        </Fact>
      ))}
    </Facts>
  )
}

/** The items of an invoice, or the refund of a credit note, and the total. Renders a table and a sum. */
function Lines({ invoice, order }: { invoice: Invoice; order: Order }) {
  const money = (minor: number) => formatMoney({ minor, currency: order.currency })
  const { delivery_minor, total_minor, lines } = invoice
  const inLines = lines.reduce((sum, { amount_minor }) => sum + amount_minor, delivery_minor)
  const others = [
    { name: words.delivery, minor: delivery_minor },
    {
      name: invoice.kind === 'invoice' ? words.adjustment : words.refundOf(order.number),
      minor: total_minor - inLines,
    },
  ].filter(({ minor }) => minor !== 0)
  return (
    <Stack gap={3}>
      {lines.length > 0 && (
        <Table
          caption={words.items}
          columns={[
            { heading: words.item },
            { heading: words.quantity, end: true },
            { heading: words.taxRate, end: true },
            { heading: words.amount, end: true },
          ]}
        >
          {lines.map((line) => (
            <TableRow key={line.sku}>
              <Cell>
                {[line.title, ...line.option_values].join(' · ')}
                <Text as="span" size="fine" tone="soft" block breaks>
                  {line.sku}
                </Text>
              </Cell>
              <Cell end>{line.quantity}</Cell>
              <Cell end>{percent(line.tax_rate_bp)}</Cell>
              <Cell end>{money(line.amount_minor)}</Cell>
            </TableRow>
          ))}
        </Table>
      )}
      {others.map(({ name, minor }) => (
        <Sum key={name} name={name}>
          {money(minor)}
        </Sum>
      ))}
      <Sum size="title" name={words.total}>
        {money(total_minor)}
      </Sum>
    </Stack>
  )
}

/** The tax of each rate. Renders a table. */
function Taxes({ invoice, currency }: { invoice: Invoice; currency: string }) {
  const money = (minor: number) => formatMoney({ minor, currency })
  return (
    <Table
      caption={words.taxes}
      isTitled
      columns={[
        { heading: words.taxRate },
        { heading: words.net, end: true },
        { heading: words.tax, end: true },
        { heading: words.gross, end: true },
      ]}
    >
      {invoice.taxes.map((part) => (
        <TableRow key={part.rate_bp}>
          <Cell>{percent(part.rate_bp)}</Cell>
          <Cell end>{money(part.amount_minor - part.tax_minor)}</Cell>
          <Cell end>{money(part.tax_minor)}</Cell>
          <Cell end>{money(part.amount_minor)}</Cell>
        </TableRow>
      ))}
    </Table>
  )
}
