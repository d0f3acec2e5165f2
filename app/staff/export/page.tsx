import type { Metadata } from 'next'
import { exportPageWords } from '@/app/staff/words'
import { ExportSection } from '@/components/staff/exports/export-section'
import { OrdersExport } from '@/components/staff/exports/orders-export'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { roleReaches } from '@/lib/domain/people/staff'
import { requireStaff } from '@/lib/server/session/session'
import { activeLocations } from '@/lib/server/stock/locations'

export const metadata: Metadata = { title: exportPageWords.exportIt }

export default async function ExportRoute() {
  const { role } = await requireStaff('viewer')
  return (
    <StaffPage>
      <PageHeading title={exportPageWords.exportIt}>{exportPageWords.csvFilesForShopifyAnd}</PageHeading>
      <ExportSection locations={await activeLocations()} />
      {roleReaches(role, 'manager') && <OrdersExport />}
    </StaffPage>
  )
}
