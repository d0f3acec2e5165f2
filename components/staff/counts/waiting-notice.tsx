'use client'

import { CodeChoices } from '@/components/staff/codes/code-choices'
import { quietButton } from '@/components/staff/forms/controls'
import { refusalWords } from '@/components/staff/shell/refusal-words'
import { units } from '@/components/staff/shell/words'
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
    <div className="grid gap-3">
      <p
        role="status"
        data-trouble={desk.refusal ? true : undefined}
        className="text-low text-small empty:hidden data-trouble:text-danger"
      >
        {waiting > 0 && waitingWords(waiting, isCutOff && !desk.isFleeting, isOutdated, desk.refusal)}
      </p>
      {waiting > 0 && desk.isFleeting && (
        <p role="alert" className="text-danger text-small">
          {waitingNoticeWords.thisDeviceCannotStore}
        </p>
      )}
      {isCutOff && waiting > 0 && (
        <ul
          aria-label={desk.isFleeting ? waitingNoticeWords.notSentYet : waitingNoticeWords.savedOnThisDevice}
          className="flex flex-wrap gap-x-5 gap-y-1 text-small"
        >
          {kept.map(({ id, code, units, withdrawn }) => (
            <li key={id} className="figures">
              {withdrawn && 'undone: '}
              {units} × {nameBy(code) ?? code}
            </li>
          ))}
        </ul>
      )}
      {waiting > 0 && desk.refusal?.code === 'count_closed' && (
        <button
          type="button"
          onClick={() => desk.drop(desk.waiting.map(({ id }) => id))}
          className={`${quietButton} justify-self-start`}
        >
          {waitingNoticeWords.deleteThemFromThisDevice}
        </button>
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
    </div>
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
    <p
      role="alert"
      className="flex flex-wrap items-center gap-3 rounded-small border border-danger px-3 py-2 text-small"
    >
      <span className="grow text-danger">
        {waitingNoticeWords.noVariantHasTheSku}
        {found.code}
        {waitingNoticeWords.so} {units(found.units)} {found.units === 1 ? 'was' : 'were'}{' '}
        {waitingNoticeWords.notCountedCheckTheLabel}
      </span>
      <button type="button" onClick={onDrop} className={quietButton}>
        {waitingNoticeWords.deleteIt}
        <span className="sr-only"> {found.code}</span>
      </button>
    </p>
  )
}
