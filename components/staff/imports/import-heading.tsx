import type { Route } from 'next'
import { WayBack } from '@/components/staff/shell/way-back'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
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
    <Stack as="header" gap={2}>
      <WayBack href="/staff/import">{importHeadingWords.importIt}</WayBack>
      <Heading level={1} breaks>
        {record.file_name}
      </Heading>
      <Text size="small" tone="soft" role="status">
        {stateWords(record, place)}
      </Text>
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
    </Stack>
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
    <TextLink tone="link" href={`/staff/import/${id}` as Route}>
      {children}
    </TextLink>
  )
}
