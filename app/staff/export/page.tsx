import type { Metadata } from 'next'
import { exportPageWords } from '@/app/staff/words'
import { ExportSection } from '@/components/staff/exports/export-section'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { requireStaff } from '@/lib/server/session/session'
import { activeLocations } from '@/lib/server/stock/locations'

export const metadata: Metadata = { title: exportPageWords.exportIt }

export default async function ExportRoute() {
  await requireStaff('viewer')
  return (
    <StaffPage>
      <PageHeading title={exportPageWords.exportIt}>{exportPageWords.csvFilesForShopifyAnd}</PageHeading>
      <ExportSection locations={await activeLocations()} />
    </StaffPage>
  )
}
