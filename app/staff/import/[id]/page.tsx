import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { ChangeTable } from '@/components/import/change-table'
import { Decision } from '@/components/import/decision'
import { ImportCounts } from '@/components/import/import-counts'
import { ProblemTable } from '@/components/import/problem-table'
import { refusedWords } from '@/components/import/words'
import { placeName } from '@/components/staff/words'
import { changeCount } from '@/lib/domain/import/preview'
import { previewImport } from '@/lib/server/imports'
import { activeLocations } from '@/lib/server/locations'
import { requireStaff } from '@/lib/server/session'
import { sessionClient } from '@/lib/server/supabase'

export const metadata: Metadata = { title: 'Import' }

/** One import: what it would change and the question, or what it changed. */
export default async function OneImportRoute({ params, searchParams }: PageProps<'/staff/import/[id]'>) {
  await requireStaff('manager')
  const id = z.guid().safeParse((await params).id)
  if (!id.success) notFound()
  const [preview, locations] = await Promise.all([
    previewImport(await sessionClient(), id.data),
    activeLocations(),
  ])
  if (!preview.ok) notFound()

  const { import: record, changes, conflicts } = preview.data
  return (
    <main className="page grid gap-8 py-8">
      <header className="grid gap-2">
        <Link href="/staff/import" className="underlined justify-self-start text-link text-small">
          All imports
        </Link>
        <h1 className="display break-all text-heading">{record.file_name}</h1>
        <p className="text-soft">
          {record.applied_at
            ? `Imported. Its quantities stand in the ledger as ${record.document}.`
            : `Nothing has changed yet. Quantities are those of ${placeName(record.location_id, locations)}.`}
        </p>
      </header>
      {record.warnings.length > 0 && (
        <ul className="grid max-w-prose gap-1 border-sun border-s-4 ps-4">
          {record.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      <p role="alert" className="text-danger empty:hidden">
        {!record.applied_at && refusedWords((await searchParams).refused)}
      </p>
      {record.problems.length === 0 && <ImportCounts summary={record.summary} />}
      {conflicts.length > 0 && <ProblemTable problems={conflicts} />}
      {!record.applied_at && <Decision preview={preview.data} />}
      {changes.length > 0 && <ChangeTable changes={changes} total={changeCount(record.summary)} />}
    </main>
  )
}
