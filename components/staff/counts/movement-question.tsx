'use client'

import { FormStatus } from '@/components/staff/forms/form-status'
import { Button } from '@/components/ui/actions/button'
import { Row } from '@/components/ui/layout/row'
import { Text } from '@/components/ui/text/text'
import { answerMovement } from '@/lib/actions/staff/counts'
import { useForm } from '@/lib/client/forms/use-form'
import type { CountRead, NearMovement } from '@/lib/domain/counts/count'
import { movementQuestionWords, movementWords, questionWords } from './words'

/**
 * A movement close to the time of a count. Only the counter knows whether its units were among those counted. The
 * answer given is pressed; another press changes it. Renders a `<form>`.
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
        <Text as="span" weight="medium" figures>
          {movementWords(movement)}
        </Text>{' '}
        {movementQuestionWords.aroundThen} {isOpen && question}
      </p>
      <Row gap={2}>
        {(['yes', 'no'] as const).map((said) => (
          <Button
            key={said}
            name="had_happened"
            value={said}
            aria-pressed={movement.had_happened === (said === 'yes')}
          >
            {said === 'yes' ? yes : no}
          </Button>
        ))}
      </Row>
      <FormStatus form={form} />
    </form>
  )
}
