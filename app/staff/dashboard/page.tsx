import type { Metadata } from 'next'
import { z } from 'zod'
import { dashboardPageWords } from '@/app/staff/words'
import { AlertList } from '@/components/staff/alerts/alert-list'
import { LiveDashboard } from '@/components/staff/dashboard/live-dashboard'
import { RangeTabs } from '@/components/staff/dashboard/range-tabs'
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

export const instant = false

export const metadata: Metadata = { title: dashboardPageWords.dashboard }

const Asked = z.object({ range: Range.catch('today') })

export default async function DashboardRoute({ searchParams }: PageProps<'/staff/dashboard'>) {
  const member = await requireStaff('viewer')
  const { range } = Asked.parse(await searchParams)
  await findAlerts()
  const token = await currentAccessToken()
  const [dashboard, newest, alerts, names, everybody] = await Promise.all([
    readDashboard(range),
    firstPage(newestOrders, token),
    firstPage(openAlerts, token),
    actorNames(),
    staffNames(),
  ])
  const team = {
    me: member.userId,
    mayAssign: roleReaches(member.role, 'stock'),
    staff: everybody,
    names,
  }
  return (
    <StaffPage>
      <PageHeading title={dashboardPageWords.dashboard} actions={<RangeTabs range={range} />} />
      <LiveDashboard key={range} first={[dashboard]} newest={newest}>
        <Section id="alerts" title={dashboardPageWords.alerts}>
          <AlertList first={alerts} team={team} />
        </Section>
      </LiveDashboard>
    </StaffPage>
  )
}
