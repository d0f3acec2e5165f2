'use client'

import { useState } from 'react'
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
        <span className="font-medium">
          {salesChartWords.revenueBy} {rangeWords[range].bar}
        </span>
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
      <details className="text-small">
        <summary className="min-h-6 w-fit cursor-pointer text-fine text-soft hover:text-ink">
          {salesChartWords.viewAsTable}
        </summary>
        <SalesTable dashboard={dashboard} />
      </details>
    </figure>
  )
}

function SalesTable({ dashboard: { range, bars, currency } }: { dashboard: Dashboard }) {
  const { bar } = rangeWords[range]
  const busy = bars.filter(({ orders }) => orders > 0)
  if (busy.length === 0) return <p className="py-3 text-soft">{salesChartWords.noOrdersYet}</p>
  return (
    <table className="figures mt-2 w-full border-collapse text-right">
      <caption className="sr-only">
        {salesChartWords.salesBy} {bar}; a {bar} {salesChartWords.withoutOrdersIsNotShown}
      </caption>
      <thead>
        <tr className="border-line border-b text-fine text-soft [&>th]:py-1.5 [&>th]:ps-4 [&>th]:font-normal first:[&>th]:ps-0">
          <th scope="col" className="text-left capitalize">
            {bar}
          </th>
          <th scope="col">{salesChartWords.orders}</th>
          <th scope="col">{salesChartWords.units}</th>
          <th scope="col">{salesChartWords.cancelledOrReturned}</th>
          <th scope="col">{salesChartWords.revenue}</th>
        </tr>
      </thead>
      <tbody>
        {busy.map((each) => (
          <tr key={each.from} className="border-line border-b [&>td]:py-1.5 [&>td]:ps-4">
            <th scope="row" className="text-left font-normal">
              {barWords(range, each.from).caption}
            </th>
            <td>{whole.format(each.orders)}</td>
            <td>{whole.format(each.units)}</td>
            <td>{whole.format(each.cancelled_or_returned)}</td>
            <td>{formatMoney({ minor: each.revenue_minor, currency })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function valueWords({ range, bars, currency }: Dashboard, index: number): string {
  const bar = bars[index]
  return bar ? `${barWords(range, bar.from).caption}: ${saidOf(bar, currency)}` : ''
}

function saidOf({ orders, units, revenue_minor }: Bar, currency: string): string {
  return `${formatMoney({ minor: revenue_minor, currency })}, ${whole.format(orders)} ${orders === 1 ? 'order' : 'orders'}, ${whole.format(units)} ${units === 1 ? 'unit' : 'units'}`
}
