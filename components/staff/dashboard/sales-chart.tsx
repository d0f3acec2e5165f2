'use client'

import { useState } from 'react'
import { Disclosure } from '@/components/ui/actions/disclosure'
import { Cell, Table, TableRow } from '@/components/ui/data/table'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { Text } from '@/components/ui/text/text'
import { formatMoney } from '@/lib/domain/core/money'
import type { Bar, Dashboard } from '@/lib/domain/insight/dashboard'
import { SalesBars } from './sales-bars'
import { barWords, rangeWords, salesChartWords, whole } from './words'

/**
 * Sales over time. A slider over the bars looks at one of them, by finger, mouse or arrow keys, and says its numbers; the
 * table below has all of them. Renders a `<figure>`.
 */
export function SalesChart({ dashboard }: { dashboard: Dashboard }) {
  const { range, bars } = dashboard
  const [chosen, setChosen] = useState<number | null>(null)
  const selected = chosen === null ? null : Math.min(chosen, bars.length - 1)
  const bar = selected === null ? undefined : bars[selected]
  const latest = bars.findLastIndex(({ from }) => Date.parse(from) <= Date.parse(dashboard.at))
  return (
    <figure className="grid gap-2">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-6 text-small">
        <Text as="span" weight="medium">
          {salesChartWords.revenueBy} {rangeWords[range].bar}
        </Text>
        <span aria-hidden="true" className="figures min-h-6 text-fine text-soft">
          {bar && `${barWords(range, bar.from).caption}: ${saidOf(bar, dashboard.currency)}`}
        </span>
      </figcaption>
      <div className="relative has-focus-visible:outline-3 has-focus-visible:outline-link has-focus-visible:outline-offset-4">
        <SalesBars dashboard={dashboard} selected={selected} width={340} className="tablet:hidden" />
        <SalesBars dashboard={dashboard} selected={selected} width={860} className="max-tablet:hidden" />
        <input
          type="range"
          min={0}
          max={bars.length - 1}
          value={selected ?? latest}
          onChange={(event) => setChosen(event.currentTarget.valueAsNumber)}
          onPointerMove={(event) => {
            const { left, width } = event.currentTarget.getBoundingClientRect()
            const at = Math.floor(((event.clientX - left) / width) * bars.length)
            setChosen(Math.max(0, Math.min(at, bars.length - 1)))
          }}
          onPointerLeave={() => setChosen(null)}
          onBlur={() => setChosen(null)}
          aria-label={salesChartWords.selectA(rangeWords[range].bar)}
          aria-valuetext={valueWords(dashboard, selected ?? latest)}
          className="absolute inset-0 m-0 h-full w-full cursor-crosshair touch-pan-y opacity-0"
        />
      </div>
      <Disclosure summary={salesChartWords.viewAsTable}>
        <SalesTable dashboard={dashboard} />
      </Disclosure>
    </figure>
  )
}

function SalesTable({ dashboard: { range, bars, currency } }: { dashboard: Dashboard }) {
  const { bar } = rangeWords[range]
  const busy = bars.filter(({ orders }) => orders > 0)
  if (busy.length === 0) return <EmptyState>{salesChartWords.noOrdersYet}</EmptyState>
  return (
    <Table
      caption={
        <>
          {salesChartWords.salesBy} {bar}; a {bar} {salesChartWords.withoutOrdersIsNotShown}
        </>
      }
      columns={[
        { heading: bar, className: 'capitalize' },
        { heading: salesChartWords.orders, end: true },
        { heading: salesChartWords.units, end: true },
        { heading: salesChartWords.cancelledOrReturned, end: true },
        { heading: salesChartWords.revenue, end: true },
      ]}
    >
      {busy.map((each) => (
        <TableRow key={each.from}>
          <Cell names>{barWords(range, each.from).caption}</Cell>
          <Cell end figures>
            {whole.format(each.orders)}
          </Cell>
          <Cell end figures>
            {whole.format(each.units)}
          </Cell>
          <Cell end figures>
            {whole.format(each.cancelled_or_returned)}
          </Cell>
          <Cell end figures>
            {formatMoney({ minor: each.revenue_minor, currency })}
          </Cell>
        </TableRow>
      ))}
    </Table>
  )
}

function valueWords({ range, bars, currency }: Dashboard, index: number): string {
  const bar = bars[index]
  return bar ? `${barWords(range, bar.from).caption}: ${saidOf(bar, currency)}` : ''
}

function saidOf({ orders, units, revenue_minor }: Bar, currency: string): string {
  return `${formatMoney({ minor: revenue_minor, currency })}, ${whole.format(orders)} ${orders === 1 ? 'order' : 'orders'}, ${whole.format(units)} ${units === 1 ? 'unit' : 'units'}`
}
