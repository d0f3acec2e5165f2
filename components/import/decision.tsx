import { randomUUID } from 'node:crypto'
import { quietButton } from '@/components/staff/controls'
import { discard } from '@/lib/actions/imports'
import { changeCount, type ImportPreview } from '@/lib/domain/import/preview'
import { ConfirmForm } from './confirm-form'

/** The question after a preview: apply it, or throw it away. Renders two forms, or one when there is nothing to apply. */
export function Decision({ record, isBlocked }: { record: ImportPreview['import']; isBlocked: boolean }) {
  const count = changeCount(record.summary)
  return (
    <section className="grid justify-items-start gap-4" aria-label="Decision">
      {count === 0 && <p>The catalogue says all of this already: there is nothing to import.</p>}
      {isBlocked && <p>These lines contradict the catalogue. Correct the file and upload it again.</p>}
      <div className="flex flex-wrap items-end gap-4">
        {count > 0 && !isBlocked && (
          // One key a rendering: the same yes sent twice imports once.
          <ConfirmForm importId={record.id} seen={record.summary.fingerprint} firstKey={randomUUID()}>
            {count === 1 ? 'Import 1 difference' : `Import ${count} differences`}
          </ConfirmForm>
        )}
        <form action={discard}>
          <input type="hidden" name="import_id" value={record.id} />
          <button type="submit" className={quietButton}>
            Discard
          </button>
        </form>
      </div>
    </section>
  )
}
