import type { Route } from 'next'
import { WayBack } from '@/components/staff/shell/way-back'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
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
    <StaffPage gap={6}>
      <PageHeading
        above={<WayBack href="/staff/import">{discardedWords.importIt}</WayBack>}
        title={fileName}
        breaks
      />
      {reverts ? (
        <Stack gap={3} width="prose">
          <p role="status">
            {by} {discardedWords.keptThisImportOn} {shopTime(at)}
            {discardedWords.nothingWasReverted}
          </p>
          <p>
            <TextLink tone="link" href={`/staff/import/${reverts}` as Route}>
              {discardedWords.openTheImport}
            </TextLink>{' '}
            {discardedWords.toSeeWhatItChanged}
          </p>
        </Stack>
      ) : (
        <Text prose role="status">
          {by} {discardedWords.discardedThisFileOn} {shopTime(at)}
          {discardedWords.nothingWasImportedToStart}
        </Text>
      )}
    </StaffPage>
  )
}
