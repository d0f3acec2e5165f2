'use client'

import { quietButton } from '@/components/staff/forms/controls'
import { refusalWords } from '@/components/staff/shell/refusal-words'
import { answer, postAnswer } from '@/lib/actions/staff/counts'
import { type FormDoors, useFormAction } from '@/lib/client/forms/use-form-action'
import type { Result } from '@/lib/domain/core/result'
import type { CountRead, NearMovement } from '@/lib/domain/counts/count'
import { movementQuestionWords, movementWords, questionWords } from './words'

const doors: FormDoors<Result<CountRead>> = { call: answer, post: postAnswer }

/**
 * Something was booked while somebody looked at the shelf, or a moment before or after. Only they can say whether its
 * units were among those they counted. The answer given is pressed; another press changes it. Renders a `<form>`.
 */
export function MovementQuestion({
  countId,
  movement,
  onAnswer,
}: {
  countId: string
  movement: NearMovement
  onAnswer: (read: CountRead) => void
}) {
  const form = useFormAction(doors, { onAnswer: (answer) => answer.ok && onAnswer(answer.data) })
  const { question, yes, no } = questionWords(movement)
  const isOpen = movement.had_happened === null
  const refused = form.answer?.ok === false ? refusalWords(form.answer.error, []) : null
  return (
    <form
      {...form.props}
      data-open={isOpen || undefined}
      aria-label={movementWords(movement)}
      className="grid gap-2 rounded-small border border-line px-3 py-2 data-open:border-low"
    >
      <input type="hidden" name="count_id" value={countId} />
      <input type="hidden" name="movement_id" value={movement.id} />
      <p>
        <span className="figures font-medium">{movementWords(movement)}</span>{' '}
        {movementQuestionWords.aroundThen} {isOpen && question}
      </p>
      <div className="flex flex-wrap gap-2">
        {(['yes', 'no'] as const).map((said) => (
          <button
            key={said}
            type="submit"
            name="had_happened"
            value={said}
            aria-pressed={movement.had_happened === (said === 'yes')}
            className={`${quietButton} aria-pressed:border-ink aria-pressed:bg-sunken`}
          >
            {said === 'yes' ? yes : no}
          </button>
        ))}
      </div>
      <p role="status" className="text-danger text-fine empty:hidden">
        {refused ?? (form.isUnanswered ? movementQuestionWords.weCouldntConfirmThatTry : null)}
      </p>
    </form>
  )
}
