import type { Metadata } from 'next'
import { reportsPageWords } from '@/app/staff/words'
import { ReportFilterForm } from '@/components/staff/reports/report-filter'
import { SalesTables } from '@/components/staff/reports/sales-table'
import { WayBack } from '@/components/staff/shell/way-back'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { ReportFilter } from '@/lib/domain/insight/sales-report'
import { readSalesReport } from '@/lib/server/insight/sales-report'
import { requireStaff } from '@/lib/server/session/session'
import { currentShop } from '@/lib/server/settings/shop'

export const instant = false

export const metadata: Metadata = { title: reportsPageWords.salesReport }

export default async function ReportsRoute({ searchParams }: PageProps<'/staff/reports'>) {
  await requireStaff('viewer')
  const { currency } = await currentShop()
  const filter = ReportFilter.parse(await searchParams)
  const { days, lines } = await readSalesReport(filter)
  return (
    <StaffPage>
      <PageHeading
        title={reportsPageWords.salesReport}
        above={<WayBack href="/staff/orders">{reportsPageWords.orders}</WayBack>}
      >
        {reportsPageWords.about}
      </PageHeading>
      <ReportFilterForm key={`${days.first} ${days.last}`} {...days} step={filter.step} />
      <SalesTables lines={lines} currency={currency} />
    </StaffPage>
  )
}
