import type { Route } from 'next'
import { WayBack } from '@/components/staff/shell/way-back'
import { Link } from '@/components/ui/link'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { DiscardedImport } from '@/lib/domain/imports/preview'

/** What became of an import that is not there any more, and where to go on. Renders a `<main>`. */
export function Discarded({
  record: { file_name: fileName, reverts, discarded_at: at },
  by,
}: {
  record: DiscardedImport
  /** Who discarded it. */
  by: string
}) {
  return (
    <main className="page grid gap-6 py-8">
      <header className="grid gap-2">
        <WayBack href="/staff/import">Import</WayBack>
        <h1 className="display wrap-anywhere text-heading">{fileName}</h1>
      </header>
      {reverts ? (
        <div className="grid max-w-prose gap-3">
          <p role="status">
            {by} kept this import on {shopTime(at)}. Nothing was reverted.
          </p>
          <p>
            <Link href={`/staff/import/${reverts}` as Route} className="underlined text-link">
              Open the import
            </Link>{' '}
            to see what it changed, or to check what reverting it would do.
          </p>
        </div>
      ) : (
        <p role="status" className="max-w-prose">
          {by} discarded this file on {shopTime(at)}. Nothing was imported. To start again, upload the file.
        </p>
      )}
    </main>
  )
}
