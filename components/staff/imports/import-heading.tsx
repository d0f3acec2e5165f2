import type { Route } from 'next'
import { WayBack } from '@/components/staff/shell/way-back'
import { Link } from '@/components/ui/link'
import type { ImportRecord } from '@/lib/domain/imports/preview'
import { importHeadingWords } from './words'

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
      <WayBack href="/staff/import">{importHeadingWords.importIt}</WayBack>
      <h1 className="display wrap-anywhere text-heading">{record.file_name}</h1>
      <p role="status" className="text-small text-soft">
        {stateWords(record, place)}
      </p>
      {record.reverts && (
        <p>
          {importHeadingWords.thisIt} {record.applied_at ? 'reverted' : importHeadingWords.wouldRevert}{' '}
          <ImportLink id={record.reverts}>{importHeadingWords.anEarlierImport}</ImportLink>.
        </p>
      )}
      {revertedBy && (
        <p>
          {importHeadingWords.itWas} <ImportLink id={revertedBy}>{importHeadingWords.reverted}</ImportLink>.
        </p>
      )}
    </header>
  )
}

function stateWords({ kind, reverts, applied_at, document }: ImportRecord, place: string): string {
  if (applied_at) {
    return importHeadingWords.theQuantitiesAreInThe(
      reverts ? importHeadingWords.reverted2 : importHeadingWords.imported,
      document,
    )
  }
  if (kind === 'inventory' || reverts) return importHeadingWords.nothingHasChangedYet
  return importHeadingWords.nothingHasChangedYetQuantities(place)
}

function ImportLink({ id, children }: { id: string; children: string }) {
  return (
    <Link href={`/staff/import/${id}` as Route} className="underlined text-link">
      {children}
    </Link>
  )
}
