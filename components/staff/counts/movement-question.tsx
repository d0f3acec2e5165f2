'use client'

import { quietButton } from '@/components/staff/forms/controls'
import { FormStatus } from '@/components/staff/forms/form-status'
import { answerMovement } from '@/lib/actions/staff/counts'
import { useForm } from '@/lib/client/forms/use-form'
import type { CountRead, NearMovement } from '@/lib/domain/counts/count'
import { movementQuestionWords, movementWords, questionWords } from './words'

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
  const form = useForm(answerMovement, { onAnswer: (answer) => answer.ok && onAnswer(answer.data) })
  const { question, yes, no } = questionWords(movement)
  const isOpen = movement.had_happened === null
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
      <FormStatus form={form} />
    </form>
  )
}
