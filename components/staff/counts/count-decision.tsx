'use client'

import { primaryButton, quietButton } from '@/components/staff/forms/controls'
import { refusalWords } from '@/components/staff/shell/refusal-words'
import { decide, postDecision } from '@/lib/actions/staff/counts'
import { type FormDoors, useFormAction } from '@/lib/client/forms/use-form-action'
import type { Result } from '@/lib/domain/core/result'
import type { CountRead } from '@/lib/domain/counts/count'
import type { Location } from '@/lib/domain/stock/place'
import { countDecisionWords } from './words'

const doors: FormDoors<Result<CountRead>> = { call: decide, post: postDecision }

/** What can be decided about a count: approve, reverse or abandon. Lines left out name it by its id. Renders a `<form>`. */
export function CountDecisionForm({
  read: { count, lines },
  locations,
  firstKey,
  mayDecide,
  onDecided,
}: {
  read: CountRead
  locations: readonly Location[]
  firstKey: string
  mayDecide: boolean
  onDecided: (read: CountRead) => void
}) {
  const form = useFormAction(doors, { onAnswer: (answer) => answer.ok && onDecided(answer.data) })
  const open = lines.reduce((sum, line) => sum + line.open, 0)
  const refused = form.answer?.ok === false ? refusalWords(form.answer.error, locations) : null
  const isOpen = count.status === 'open'
  if (!isOpen && !(mayDecide && count.status === 'approved')) return null
  return (
    <form {...form.props} id="decision" aria-label={countDecisionWords.decision} className="grid gap-3">
      <input type="hidden" name="count_id" value={count.id} />
      <input type="hidden" name="idempotency_key" value={firstKey} />
      <div className="flex flex-wrap items-center gap-3">
        {isOpen && mayDecide && lines.length > 0 && (
          <button type="submit" name="decision" value="approve" className={primaryButton}>
            {countDecisionWords.approveCount}
          </button>
        )}
        {isOpen && (
          <button type="submit" name="decision" value="abandon" className={quietButton}>
            {countDecisionWords.abandonCount}{' '}
          </button>
        )}
        {count.status === 'approved' && (
          <button type="submit" name="decision" value="reverse" className={quietButton}>
            {countDecisionWords.reverseCount}
          </button>
        )}
        {isOpen && !mayDecide && (
          <p className="text-small text-soft">{countDecisionWords.onlyManagersCanApproveCounts}</p>
        )}
      </div>
      {isOpen && open > 0 && (
        <p className="text-low text-small">
          {open === 1 ? countDecisionWords.answerOneQuestion : countDecisionWords.answerQuestions(open)}{' '}
          {countDecisionWords.beforeYouApprove}
        </p>
      )}
      <p
        role="status"
        data-refused={refused ? true : undefined}
        className="text-small data-refused:text-danger empty:hidden"
      >
        {refused ?? (form.isPending ? countDecisionWords.saving : null)}
      </p>
    </form>
  )
}
