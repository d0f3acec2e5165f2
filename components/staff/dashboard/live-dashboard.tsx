'use client'

import type { ReactNode } from 'react'
import { useDashboard } from '@/lib/client/documents/use-dashboard'
import { useAtMostEvery } from '@/lib/client/hooks/use-at-most-every'
import { formatMoney } from '@/lib/domain/core/money'
import { type Dashboard, totalOf } from '@/lib/domain/insight/dashboard'
import type { OrderPulse } from '@/lib/domain/orders/live'
import { Headline } from './headline'
import { LiveFigure } from './live-figure'
import { RunningOutList } from './running-out-list'
import { SalesChart } from './sales-chart'
import { changeWords, liveDashboardWords, rangeWords, whole } from './words'

/** A person who listens is told no more often than this, in milliseconds. */
const saidEveryMs = 30_000

/**
 * The shop in numbers, as it trades. Renders the page's content below its heading.
 *
 * @param children what stands between the numbers and what they mean for the shelves.
 */
export function LiveDashboard({
  first,
  newest,
  children,
}: {
  first: readonly [Dashboard]
  newest: readonly OrderPulse[]
  children: ReactNode
}) {
  const dashboard = useDashboard(first, newest)
  const { range, bars, before, currency } = dashboard
  const total = totalOf(bars)
  const revenue = formatMoney({ minor: total.revenue_minor, currency })
  const said = useAtMostEvery(saidEveryMs, liveDashboardWords.fromOrders(revenue, whole.format(total.orders)))
  return (
    <>
      <div className="grid gap-x-16 gap-y-8 desktop:grid-cols-[2fr_1fr]">
        <section aria-label={liveDashboardWords.revenue} className="grid content-start gap-6">
          <p className="grid gap-1">
            <span className="text-small text-soft">{liveDashboardWords.revenue}</span>
            <span className="font-semibold text-display tracking-tight">
              <LiveFigure value={revenue} />
            </span>
            <span className="text-small text-soft">
              {changeWords(total.revenue_minor, before.revenue_minor, rangeWords[range].before)}
            </span>
          </p>
          <SalesChart dashboard={dashboard} />
        </section>
        <Headline dashboard={dashboard} />
      </div>
      {children}
      <section aria-labelledby="running-out" className="grid gap-4">
        <h2 id="running-out" className="display text-title">
          {liveDashboardWords.runningOut}
        </h2>
        <RunningOutList dashboard={dashboard} />
      </section>
      <p role="status" className="sr-only">
        {said}
      </p>
    </>
  )
}
