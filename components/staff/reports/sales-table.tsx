import { Cell, Table, TableRow } from '@/components/ui/data/table'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { formatMoney } from '@/lib/domain/core/money'
import { type SalesLine, sumsOf } from '@/lib/domain/insight/sales-report'
import { percent } from '@/lib/domain/text/percent'
import { salesTableWords as words } from './words'

/** The sales of each period and of all, and the tax of each rate. Renders two `<table>`s. */
export function SalesTables({ lines, currency }: { lines: readonly SalesLine[]; currency: string }) {
  if (lines.length === 0) return <EmptyState isPage>{words.none}</EmptyState>
  const money = (minor: number) => formatMoney({ minor, currency })
  const sums = sumsOf(lines)
  return (
    <>
      <Table
        caption={words.rates}
        isTitled
        columns={[
          { heading: words.rate },
          ...[words.net, words.tax, words.sales].map((heading) => ({ heading, end: true })),
        ]}
      >
        {sums.taxes.map(({ rate_bp, amount_minor, tax_minor }) => (
          <TableRow key={rate_bp}>
            <Cell names>{percent(rate_bp)}</Cell>
            <Numbers of={[amount_minor - tax_minor, tax_minor, amount_minor].map(money)} />
          </TableRow>
        ))}
      </Table>
      <Table
        caption={words.caption}
        isTitled
        columns={[
          { heading: words.period },
          ...[words.orders, words.units, words.delivery, words.tax, words.sales].map((heading) => ({
            heading,
            end: true,
          })),
        ]}
      >
        {[...lines.map((line) => ({ ...line, name: line.period })), { ...sums, name: words.total }].map(
          (line) => (
            <TableRow key={line.name}>
              <Cell names>{line.name}</Cell>
              <Numbers
                of={[
                  ...[line.orders, line.units].map(String),
                  ...[line.delivery_minor, line.tax_minor, line.amount_minor].map(money),
                ]}
              />
            </TableRow>
          ),
        )}
      </Table>
    </>
  )
}

function Numbers({ of }: { of: readonly string[] }) {
  return of.map((text, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: cells have places, and never move
    <Cell key={at} end figures>
      {text}
    </Cell>
  ))
}
