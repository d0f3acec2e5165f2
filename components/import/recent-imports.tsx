import type { Route } from 'next'
import Link from 'next/link'
import { changeCount, type ImportRecord } from '@/lib/domain/import/preview'

/** The latest imports, newest first, each with what became of it. Renders a `<ul>`. */
export function RecentImports({ imports }: { imports: readonly ImportRecord[] }) {
  if (imports.length === 0) return <p className="text-soft">None yet.</p>
  return (
    <ul className="grid gap-2 text-small">
      {imports.map((record) => (
        <li key={record.id} className="flex flex-wrap gap-x-4">
          <Link href={`/staff/import/${record.id}` as Route} className="underlined text-link">
            {record.file_name}
          </Link>
          <span className="text-soft">
            {record.document},{' '}
            <time dateTime={record.created_at}>{record.created_at.slice(0, 16).replace('T', ' ')} UTC</time>
          </span>
          <span>{outcomeWords(record, imports)}</span>
        </li>
      ))}
    </ul>
  )
}

function outcomeWords(
  { id, reverts, summary, problems, applied_at }: ImportRecord,
  all: readonly ImportRecord[],
): string {
  const taken = all.find((one) => one.id === reverts)
  const taker = all.find((one) => one.reverts === id && one.applied_at)
  const what = taken?.document ?? 'an earlier import'
  if (reverts) return applied_at ? `took back ${what}` : `would take back ${what}, waits to be confirmed`
  if (taker) return `taken back by ${taker.document}`
  if (problems.length > 0) return 'could not be read'
  if (!summary) return 'waits to be confirmed'
  const count = changeCount(summary)
  return `${count} ${count === 1 ? 'difference' : 'differences'} applied`
}
