import type { Route } from 'next'
import { Link } from '@/components/ui/link'
import { shopTimestamp } from '@/lib/domain/core/shop-time'
import { changeCount, type ImportRecord } from '@/lib/domain/imports/preview'
import { recentImportsWords } from './words'

/** The latest imports, newest first, each with what became of it. Renders a `<ul>`. */
export function RecentImports({ imports }: { imports: readonly ImportRecord[] }) {
  if (imports.length === 0) return <p className="text-small text-soft">{recentImportsWords.noImportsYet}</p>
  return (
    <ul className="grid">
      {imports.map((record) => (
        <li
          key={record.id}
          className="grid items-baseline gap-x-6 border-line border-b py-3 text-small tablet:grid-cols-[1fr_1fr_1fr]"
        >
          <Link
            href={`/staff/import/${record.id}` as Route}
            className="underlined min-w-0 break-words font-medium text-body"
          >
            {record.file_name}
          </Link>
          <span>{outcomeWords(record, imports)}</span>
          <span className="text-soft">
            {record.document},{' '}
            <time dateTime={record.created_at} className="figures">
              {shopTimestamp(record.created_at)}
            </time>
          </span>
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
  const what = taken?.document ?? recentImportsWords.anEarlierImport
  if (reverts)
    return applied_at ? recentImportsWords.reverted(what) : recentImportsWords.revertsNotConfirmedYet(what)
  if (taker) return recentImportsWords.revertedBy(taker.document)
  if (problems.length > 0) return recentImportsWords.couldNotBeRead
  if (!summary) return recentImportsWords.notConfirmedYet
  const count = changeCount(summary)
  return recentImportsWords.applied(count, count === 1 ? 'change' : 'changes')
}
