'use client'

import { CodeChoices } from '@/components/staff/codes/code-choices'
import { refusalWords } from '@/components/staff/shell/refusal-words'
import { units } from '@/components/staff/shell/words'
import { Button } from '@/components/ui/actions/button'
import { Notice } from '@/components/ui/feedback/notice'
import { Problem } from '@/components/ui/feedback/problem'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { useIsOutdated } from '@/lib/client/forms/outdated'
import type { CodeChoice } from '@/lib/domain/codes/choice'
import type { Refusal } from '@/lib/domain/core/refusal'
import type { FoundUnits } from '@/lib/domain/counts/count'
import type { CountDesk } from './use-count'
import { waitingNoticeWords } from './words'

/** Entries on this device that are not in the count: unsent, refused, or with an unknown code. */
export function WaitingNotice({
  desk,
  nameBy,
}: {
  desk: CountDesk
  nameBy: (code: string) => string | undefined
}) {
  const unknown = desk.waiting.filter((found) => found.unknown)
  const kept = desk.waiting.filter((found) => !found.unknown)
  const waiting = kept.length
  const isCutOff = desk.isCutOff || desk.copiedAt !== null
  const isOutdated = useIsOutdated()
  return (
    <Stack gap={3}>
      <p
        role="status"
        data-trouble={desk.refusal ? true : undefined}
        className="text-low text-small empty:hidden data-trouble:text-danger"
      >
        {waiting > 0 && waitingWords(waiting, isCutOff && !desk.isFleeting, isOutdated, desk.refusal)}
      </p>
      {waiting > 0 && desk.isFleeting && <Problem>{waitingNoticeWords.thisDeviceCannotStore}</Problem>}
      {isCutOff && waiting > 0 && (
        <Row
          as="ul"
          gap="text"
          size="small"
          aria-label={desk.isFleeting ? waitingNoticeWords.notSentYet : waitingNoticeWords.savedOnThisDevice}
        >
          {kept.map(({ id, code, units, withdrawn }) => (
            <Text key={id} as="li" figures>
              {withdrawn && 'undone: '}
              {units} × {nameBy(code) ?? code}
            </Text>
          ))}
        </Row>
      )}
      {waiting > 0 && desk.refusal?.code === 'count_closed' && (
        <Button place="start" type="button" onClick={() => desk.drop(desk.waiting.map(({ id }) => id))}>
          {waitingNoticeWords.deleteThemFromThisDevice}
        </Button>
      )}
      {unknown.map((found) => (
        <Unknown
          key={found.id}
          found={found}
          onDrop={() => desk.drop([found.id])}
          onChoose={({ variant_id }) =>
            desk.keep({ ...found, code: variant_id, unknown: false, choices: [] })
          }
        />
      ))}
    </Stack>
  )
}

function waitingWords(
  waiting: number,
  isCutOff: boolean,
  isOutdated: boolean,
  refusal: Refusal | null,
): string | null {
  const lines = waiting === 1 ? waitingNoticeWords.n1EntryIs : waitingNoticeWords.entriesAre(waiting)
  if (refusal) return waitingNoticeWords.notInTheCount(lines, refusalWords(refusal, []))
  if (isOutdated) return waitingNoticeWords.savedOnThisDeviceReload(lines)
  return isCutOff ? waitingNoticeWords.savedOnThisDeviceAnd(lines) : null
}

function Unknown({
  found,
  onDrop,
  onChoose,
}: {
  found: FoundUnits
  onDrop: () => void
  onChoose: (choice: CodeChoice) => void
}) {
  if (found.choices && found.choices.length > 0)
    return <CodeChoices code={found.code} choices={found.choices} onChoose={onChoose} />
  return (
    <Notice as="p" role="alert" tone="danger">
      <Text as="span" tone="danger">
        {waitingNoticeWords.noVariantHasTheSku}
        {found.code}
        {waitingNoticeWords.so} {units(found.units)} {found.units === 1 ? 'was' : 'were'}{' '}
        {waitingNoticeWords.notCountedCheckTheLabel}
      </Text>
      <Button type="button" onClick={onDrop}>
        {waitingNoticeWords.deleteIt}
        <VisuallyHidden> {found.code}</VisuallyHidden>
      </Button>
    </Notice>
  )
}
