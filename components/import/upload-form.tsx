'use client'

import { useActionState } from 'react'
import { fieldBox, labelText, primaryButton } from '@/components/staff/controls'
import { upload } from '@/lib/actions/imports'
import type { Location } from '@/lib/domain/place'
import { ProblemTable } from './problem-table'
import { importRefusalWords } from './words'

/** Brings a file; what is wrong with it is listed below. Works without JavaScript. Renders a `<form>`. */
export function UploadForm({ locations, firstKey }: { locations: readonly Location[]; firstKey: string }) {
  const [refusal, action, isPending] = useActionState(upload, null)
  return (
    <form action={action} className="grid gap-5">
      <input type="hidden" name="idempotency_key" value={firstKey} />
      <div className="flex flex-wrap items-end gap-4">
        <label className="grid min-w-0 gap-1.5">
          <span className={labelText}>Product CSV, up to 20 MB</span>
          <input
            className={`${fieldBox} max-w-full pt-1.5`}
            name="file"
            type="file"
            accept=".csv,text/csv"
            required
          />
        </label>
        <label className="grid gap-1.5">
          <span className={labelText}>Its quantities are those of</span>
          <select className={fieldBox} name="location_id">
            {locations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" disabled={isPending} className={primaryButton}>
          {isPending ? 'Reading…' : 'Show what would change'}
        </button>
      </div>
      {isPending && <progress className="w-full accent-action" aria-label="Reading the file" />}
      <div role="alert" className="grid gap-4 empty:hidden">
        {refusal && !isPending && (
          <p className="text-danger">
            {refusal.code === 'file_refused'
              ? `Nothing of ${refusal.fileName} was imported. Correct these lines and upload it again.`
              : importRefusalWords(refusal)}
          </p>
        )}
        {refusal?.code === 'file_refused' && !isPending && (
          <ProblemTable problems={refusal.problems} total={refusal.total} />
        )}
      </div>
    </form>
  )
}
