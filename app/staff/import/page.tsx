import type { Metadata } from 'next'
import { importPageWords } from '@/app/staff/words'
import { ExportSection } from '@/components/staff/exports/export-section'
import { ImportsPulse } from '@/components/staff/imports/import-pulse'
import { RecentImports } from '@/components/staff/imports/recent-imports'
import { UploadForm } from '@/components/staff/imports/upload-form'
import { importRefusalWords } from '@/components/staff/imports/words'
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
    <main className="page grid gap-10 py-8">
      <ImportsPulse
        newest={newest}
        shown={imports.map(({ id, number, reverts, version }) => ({ id, number, reverts, version }))}
      />
      <header className="grid gap-2">
        <h1 className="display text-heading">{importPageWords.importIt}</h1>
        <p className="max-w-prose text-small text-soft">{importPageWords.uploadAProductOrInventory}</p>
      </header>
      <UploadForm locations={locations} />
      <p role="alert" className="text-danger text-small empty:hidden">
        {refused && importRefusalWords(refused)}
      </p>
      <section className="grid gap-2" aria-labelledby="recent-imports">
        <h2 id="recent-imports" className="display text-title">
          {importPageWords.recentImports}
        </h2>
        <RecentImports imports={imports} />
      </section>
      <ExportSection locations={locations} />
    </main>
  )
}
