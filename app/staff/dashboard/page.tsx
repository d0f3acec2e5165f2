import type { Metadata } from 'next'
import { z } from 'zod'
import { LiveDashboard } from '@/components/dashboard/live-dashboard'
import { RangeTabs } from '@/components/dashboard/range-tabs'
import { Range } from '@/lib/domain/dashboard'
import { newestOrders } from '@/lib/domain/live/order-queries'
import { readDashboard } from '@/lib/server/dashboard'
import { firstPage } from '@/lib/server/live'
import { currentAccessToken, requireStaff } from '@/lib/server/session'

export const instant = false

export const metadata: Metadata = { title: 'Dashboard' }

const Asked = z.object({ range: Range.catch('today') })

export default async function DashboardRoute({ searchParams }: PageProps<'/staff/dashboard'>) {
  await requireStaff('viewer')
  const { range } = Asked.parse(await searchParams)
  const token = await currentAccessToken()
  const [dashboard, newest] = await Promise.all([readDashboard(range), firstPage(newestOrders, token)])
  return (
    <main className="page grid gap-10 py-8">
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <h1 className="display text-heading">Dashboard</h1>
        <RangeTabs range={range} />
      </header>
      <LiveDashboard key={range} first={[dashboard]} newest={newest} />
    </main>
  )
}
