import type { Route } from 'next'
import { LineItem } from '@/components/ui/layout/line-list'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { shopTimestamp } from '@/lib/domain/core/shop-time'
import { changeCount, type ImportRecord } from '@/lib/domain/imports/preview'
import { recentImportsWords } from './words'

/** The latest imports, newest first, each with what became of it. Renders a `<ul>`. */
export function RecentImports({ imports }: { imports: readonly ImportRecord[] }) {
  if (imports.length === 0)
    return (
      <Text size="small" tone="soft">
        {recentImportsWords.noImportsYet}
      </Text>
    )
  return (
    <Stack as="ul">
      {imports.map((record) => (
        <LineItem key={record.id} layout="cells" className="tablet:grid-cols-[1fr_1fr_1fr]">
          <TextLink size="name" href={`/staff/import/${record.id}` as Route} className="min-w-0 break-words">
            {record.file_name}
          </TextLink>
          <span>{outcomeWords(record, imports)}</span>
          <Text as="span" tone="soft">
            {record.document},{' '}
            <Text as="time" figures dateTime={record.created_at}>
              {shopTimestamp(record.created_at)}
            </Text>
          </Text>
        </LineItem>
      ))}
    </Stack>
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
