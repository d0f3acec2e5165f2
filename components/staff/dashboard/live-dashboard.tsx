'use client'

import type { ReactNode } from 'react'
import { Columns } from '@/components/ui/layout/columns'
import { Section } from '@/components/ui/layout/section'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { useDashboard } from '@/lib/client/documents/use-dashboard'
import { useAtMostEvery } from '@/lib/client/hooks/use-at-most-every'
import { formatMoney } from '@/lib/domain/core/money'
import { type Dashboard, totalOf } from '@/lib/domain/insight/dashboard'
import type { OrderPulse } from '@/lib/domain/orders/live'
import { Headline } from './headline'
import { LiveFigure } from './live-figure'
import { RunningOutList } from './running-out-list'
import { SalesChart } from './sales-chart'
import { WaitedForList } from './waited-for-list'
import { changeWords, liveDashboardWords, rangeWords, whole } from './words'

/** A person who listens is told no more often than this, in milliseconds. */
const saidEveryMs = 30_000

/**
 * The shop in numbers, as it trades. Renders the page's content below its heading.
 *
 * @param children the part between the numbers and the list of variants that run out.
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
      <Columns ratio="2:1">
        <Stack as="section" gap={6} atTop aria-label={liveDashboardWords.revenue}>
          <Stack as="p" gap={1}>
            <Text as="span" size="small" tone="soft">
              {liveDashboardWords.revenue}
            </Text>
            <span className="font-semibold text-display tracking-tight">
              <LiveFigure value={revenue} />
            </span>
            <Text as="span" size="small" tone="soft">
              {changeWords(total.revenue_minor, before.revenue_minor, rangeWords[range].before)}
            </Text>
          </Stack>
          <SalesChart dashboard={dashboard} />
        </Stack>
        <Headline dashboard={dashboard} />
      </Columns>
      {children}
      <Section id="running-out" title={liveDashboardWords.runningOut}>
        <RunningOutList dashboard={dashboard} />
      </Section>
      <Section id="waitlists" title={liveDashboardWords.waitlists}>
        <WaitedForList variants={dashboard.waited_for} />
      </Section>
      <VisuallyHidden as="p" role="status">
        {said}
      </VisuallyHidden>
    </>
  )
}
