import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { importRecordPageWords } from '@/app/staff/import/words'
import { ChangeTable } from '@/components/staff/imports/change-table'
import { Decision } from '@/components/staff/imports/decision'
import { Discarded } from '@/components/staff/imports/discarded'
import { ImportCounts } from '@/components/staff/imports/import-counts'
import { ImportHeading } from '@/components/staff/imports/import-heading'
import { ImportPulse } from '@/components/staff/imports/import-pulse'
import { KeptTable } from '@/components/staff/imports/kept-table'
import { ProblemTable } from '@/components/staff/imports/problem-table'
import { AskList } from '@/components/staff/imports/questions/ask-list'
import { QuestionList } from '@/components/staff/imports/questions/question-list'
import { RevertForm } from '@/components/staff/imports/revert-form'
import { locationName } from '@/components/staff/shell/words'
import { StaffPage } from '@/components/ui/layout/page'
import { importsOf, revertsOf } from '@/lib/domain/imports/live'
import { changeCount } from '@/lib/domain/imports/preview'
import { discardedImport, previewImport, shopCurrency } from '@/lib/server/imports/imports'
import { actorNames } from '@/lib/server/people/staff'
import { firstValue } from '@/lib/server/platform/live'
import { sessionClient } from '@/lib/server/platform/supabase'
import { currentAccessToken, requireStaff } from '@/lib/server/session/session'
import { activeLocations } from '@/lib/server/stock/locations'

export const metadata: Metadata = { title: importRecordPageWords.importIt }

/** One import: what it would change and the question, or what it changed. */
export default async function OneImportRoute({ params }: PageProps<'/staff/import/[id]'>) {
  await requireStaff('manager')
  const id = z.guid().safeParse((await params).id)
  if (!id.success) notFound()
  const [client, token] = await Promise.all([sessionClient(), currentAccessToken()])
  // The live version is read first, so that no concurrent change is taken for known.
  const [pulse, reverts] = await Promise.all([
    firstValue(importsOf([id.data]), token),
    firstValue(revertsOf([id.data]), token),
  ])
  const [preview, locations, currency] = await Promise.all([
    previewImport(client, id.data),
    activeLocations(),
    shopCurrency(client),
  ])
  if (!preview.ok) {
    const record = await discardedImport(client, id.data)
    if (!record) notFound()
    return (
      <Discarded
        record={record}
        by={(await actorNames())[record.discarded_by] ?? importRecordPageWords.theShop}
      />
    )
  }

  const { import: record, changes, conflicts, questions, asks, kept, reverted_by } = preview.data
  return (
    <StaffPage gap={8}>
      <ImportPulse importId={record.id} first={pulse} reverts={reverts} />
      <ImportHeading
        record={record}
        place={locationName(record.location_id, locations)}
        revertedBy={reverted_by}
      />
      {record.warnings.length > 0 && (
        <ul className="grid max-w-prose gap-1 border-sun border-s-4 ps-4">
          {record.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      {record.problems.length === 0 && <ImportCounts summary={record.summary} />}
      {asks.length > 0 && <AskList importId={record.id} asks={asks} />}
      {questions.length > 0 && <QuestionList importId={record.id} questions={questions} />}
      {conflicts.length > 0 && <ProblemTable problems={conflicts} />}
      {!record.applied_at && <Decision preview={preview.data} />}
      {kept.length > 0 && <KeptTable kept={kept} currency={currency} isDone={record.applied_at !== null} />}
      {changes.length > 0 && <ChangeTable changes={changes} total={changeCount(record.summary)} />}
      {record.applied_at && !reverted_by && changes.length > 0 && <RevertForm importId={record.id} />}
    </StaffPage>
  )
}
