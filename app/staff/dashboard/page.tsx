import type { Metadata } from 'next'
import { z } from 'zod'
import { dashboardPageWords } from '@/app/staff/words'
import { AlertList } from '@/components/staff/alerts/alert-list'
import { LiveDashboard } from '@/components/staff/dashboard/live-dashboard'
import { RangeTabs } from '@/components/staff/dashboard/range-tabs'
import { StartList } from '@/components/staff/settings/start/start-list'
import { startWords } from '@/components/staff/settings/start/start-words'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { Section } from '@/components/ui/layout/section'
import { Range } from '@/lib/domain/insight/dashboard'
import { openAlerts } from '@/lib/domain/insight/live'
import { newestOrders } from '@/lib/domain/orders/live'
import { roleReaches } from '@/lib/domain/people/staff'
import { findAlerts } from '@/lib/server/insight/alerts'
import { readDashboard } from '@/lib/server/insight/dashboard'
import { actorNames, staffNames } from '@/lib/server/people/staff'
import { firstPage } from '@/lib/server/platform/live'
import { currentAccessToken, requireStaff } from '@/lib/server/session/session'
import { leadToSetup, readStart } from '@/lib/server/settings/start'

export const instant = false

export const metadata: Metadata = { title: dashboardPageWords.dashboard }

const Asked = z.object({ range: Range.catch('today') })

export default async function DashboardRoute({ searchParams }: PageProps<'/staff/dashboard'>) {
  const member = await requireStaff('viewer')
  await leadToSetup(member)
  const { range } = Asked.parse(await searchParams)
  await findAlerts()
  const token = await currentAccessToken()
  const [dashboard, newest, alerts, names, everybody, start] = await Promise.all([
    readDashboard(range),
    firstPage(newestOrders, token),
    firstPage(openAlerts, token),
    actorNames(),
    staffNames(),
    roleReaches(member.role, 'manager') ? readStart() : null,
  ])
  const isStarting = start !== null && Object.values(start).includes(false)
  const team = {
    me: member.userId,
    mayAssign: roleReaches(member.role, 'stock'),
    staff: everybody,
    names,
  }
  return (
    <StaffPage>
      <PageHeading title={dashboardPageWords.dashboard} actions={<RangeTabs range={range} />} />
      {isStarting && (
        <Section id="start" title={startWords.untilYouSell} width="form">
          <StartList steps={start} />
        </Section>
      )}
      <LiveDashboard key={range} first={[dashboard]} newest={newest}>
        <Section id="alerts" title={dashboardPageWords.alerts}>
          <AlertList first={alerts} team={team} />
        </Section>
      </LiveDashboard>
    </StaffPage>
  )
}
