import type { Metadata } from 'next'
import { exportPageWords } from '@/app/staff/words'
import { ExportSection } from '@/components/staff/exports/export-section'
import { requireStaff } from '@/lib/server/session/session'
import { activeLocations } from '@/lib/server/stock/locations'

export const metadata: Metadata = { title: exportPageWords.exportIt }

export default async function ExportRoute() {
  await requireStaff('viewer')
  return (
    <main className="page grid gap-10 py-8">
      <header className="grid gap-2">
        <h1 className="display text-heading">{exportPageWords.exportIt}</h1>
        <p className="max-w-prose text-small text-soft">{exportPageWords.csvFilesForShopifyAnd}</p>
      </header>
      <ExportSection locations={await activeLocations()} />
    </main>
  )
}
