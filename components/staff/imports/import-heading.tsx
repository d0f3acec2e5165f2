import type { Route } from 'next'
import { WayBack } from '@/components/staff/shell/way-back'
import { Link } from '@/components/ui/link'
import type { ImportRecord } from '@/lib/domain/imports/preview'

/** Which file this is and what has become of it. Renders a `<header>`. */
export function ImportHeading({
  record,
  place,
  revertedBy,
}: {
  record: ImportRecord
  /** Whose the quantities of a product file are. */
  place: string
  revertedBy: string | null
}) {
  return (
    <header className="grid gap-2">
      <WayBack href="/staff/import">Import</WayBack>
      <h1 className="display wrap-anywhere text-heading">{record.file_name}</h1>
      <p role="status" className="text-small text-soft">
        {stateWords(record, place)}
      </p>
      {record.reverts && (
        <p>
          This {record.applied_at ? 'reverted' : 'would revert'}{' '}
          <ImportLink id={record.reverts}>an earlier import</ImportLink>.
        </p>
      )}
      {revertedBy && (
        <p>
          It was <ImportLink id={revertedBy}>reverted</ImportLink>.
        </p>
      )}
    </header>
  )
}

function stateWords({ kind, reverts, applied_at, document }: ImportRecord, place: string): string {
  if (applied_at) {
    return `${reverts ? 'Reverted' : 'Imported'}. The quantities are in the ledger as ${document}.`
  }
  if (kind === 'inventory' || reverts) return 'Nothing has changed yet.'
  return `Nothing has changed yet. Quantities apply to ${place}.`
}

function ImportLink({ id, children }: { id: string; children: string }) {
  return (
    <Link href={`/staff/import/${id}` as Route} className="underlined text-link">
      {children}
    </Link>
  )
}
