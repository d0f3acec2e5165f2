import type { Metadata } from 'next'
import { importPageWords } from '@/app/staff/import/words'
import { ExportSection } from '@/components/staff/exports/export-section'
import { ImportsPulse } from '@/components/staff/imports/import-pulse'
import { RecentImports } from '@/components/staff/imports/recent-imports'
import { UploadForm } from '@/components/staff/imports/upload-form'
import { importRefusalWords } from '@/components/staff/imports/words'
import { Problem } from '@/components/ui/feedback/problem'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { Section } from '@/components/ui/layout/section'
import { Refusal } from '@/lib/domain/core/refusal'
import { newestImports } from '@/lib/domain/imports/live'
import { readFlash } from '@/lib/server/http/flash'
import { recentImports } from '@/lib/server/imports/imports'
import { firstPage } from '@/lib/server/platform/live'
import { sessionClient } from '@/lib/server/platform/supabase'
import { currentAccessToken, requireStaff } from '@/lib/server/session/session'
import { activeLocations } from '@/lib/server/stock/locations'

export const metadata: Metadata = { title: importPageWords.importIt }

export default async function ImportRoute() {
  await requireStaff('manager')
  // The newest before the list: one that is uploaded in between is seen twice, and not missed.
  const newest = await firstPage(newestImports, await currentAccessToken())
  const [locations, imports, refused] = await Promise.all([
    activeLocations(),
    recentImports(await sessionClient()),
    readFlash(Refusal),
  ])
  return (
    <StaffPage>
      <ImportsPulse
        newest={newest}
        shown={imports.map(({ id, number, reverts, version }) => ({ id, number, reverts, version }))}
      />
      <PageHeading title={importPageWords.importIt}>{importPageWords.uploadAProductOrInventory}</PageHeading>
      <UploadForm locations={locations} />
      <Problem>{refused && importRefusalWords(refused)}</Problem>
      <Section id="recent-imports" title={importPageWords.recentImports} gap={2}>
        <RecentImports imports={imports} />
      </Section>
      <ExportSection locations={locations} />
    </StaffPage>
  )
}
