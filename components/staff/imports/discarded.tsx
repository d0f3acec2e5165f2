import type { Route } from 'next'
import { WayBack } from '@/components/staff/shell/way-back'
import { Link } from '@/components/ui/link'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { DiscardedImport } from '@/lib/domain/imports/preview'
import { discardedWords } from './words'

/** The notice of an import that was discarded, with links to continue. Renders a `<main>`. */
export function Discarded({
  record: { file_name: fileName, reverts, discarded_at: at },
  by,
}: {
  record: DiscardedImport
  /** The staff member that discarded it. */
  by: string
}) {
  return (
    <main className="page grid gap-6 py-8">
      <header className="grid gap-2">
        <WayBack href="/staff/import">{discardedWords.importIt}</WayBack>
        <h1 className="display wrap-anywhere text-heading">{fileName}</h1>
      </header>
      {reverts ? (
        <div className="grid max-w-prose gap-3">
          <p role="status">
            {by} {discardedWords.keptThisImportOn} {shopTime(at)}
            {discardedWords.nothingWasReverted}
          </p>
          <p>
            <Link href={`/staff/import/${reverts}` as Route} className="underlined text-link">
              {discardedWords.openTheImport}
            </Link>{' '}
            {discardedWords.toSeeWhatItChanged}
          </p>
        </div>
      ) : (
        <p role="status" className="max-w-prose">
          {by} {discardedWords.discardedThisFileOn} {shopTime(at)}
          {discardedWords.nothingWasImportedToStart}
        </p>
      )}
    </main>
  )
}
