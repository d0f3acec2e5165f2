'use client'

import { primaryButton, quietButton } from '@/components/staff/forms/controls'
import { FormStatus } from '@/components/staff/forms/form-status'
import { formStatusWords } from '@/components/staff/forms/words'
import { decideCount } from '@/lib/actions/staff/counts'
import { useForm } from '@/lib/client/forms/use-form'
import type { CountRead } from '@/lib/domain/counts/count'
import type { Location } from '@/lib/domain/stock/place'
import { countDecisionWords } from './words'

/** The decision about a count: approve, reverse or abandon. Lines left out name it by its id. Renders a `<form>`. */
export function CountDecisionForm({
  read: { count, lines },
  locations,
  mayDecide,
  onDecided,
}: {
  read: CountRead
  locations: readonly Location[]
  mayDecide: boolean
  onDecided: (read: CountRead) => void
}) {
  const form = useForm(decideCount, { onAnswer: (answer) => answer.ok && onDecided(answer.data) })
  const open = lines.reduce((sum, line) => sum + line.open, 0)
  const isOpen = count.status === 'open'
  if (!isOpen && !(mayDecide && count.status === 'approved')) return null
  return (
    <form {...form.props} id="decision" aria-label={countDecisionWords.decision} className="grid gap-3">
      <input type="hidden" name="count_id" value={count.id} />
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
      <FormStatus
        form={form}
        busy={formStatusWords.saving}
        locations={locations}
        className="text-small empty:hidden"
      />
    </form>
  )
}
