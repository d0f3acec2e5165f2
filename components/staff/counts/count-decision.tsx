'use client'

import { FormStatus } from '@/components/staff/forms/form-status'
import { formStatusWords } from '@/components/staff/forms/words'
import { Button } from '@/components/ui/actions/button'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
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
    <Stack as="form" gap={3} {...form.props} id="decision" aria-label={countDecisionWords.decision}>
      <input type="hidden" name="count_id" value={count.id} />
      <Row align="center">
        {isOpen && mayDecide && lines.length > 0 && (
          <Button kind="primary" name="decision" value="approve">
            {countDecisionWords.approveCount}
          </Button>
        )}
        {isOpen && (
          <Button name="decision" value="abandon">
            {countDecisionWords.abandonCount}{' '}
          </Button>
        )}
        {count.status === 'approved' && (
          <Button name="decision" value="reverse">
            {countDecisionWords.reverseCount}
          </Button>
        )}
        {isOpen && !mayDecide && (
          <Text size="small" tone="soft">
            {countDecisionWords.onlyManagersCanApproveCounts}
          </Text>
        )}
      </Row>
      {isOpen && open > 0 && (
        <Text size="small" tone="low">
          {open === 1 ? countDecisionWords.answerOneQuestion : countDecisionWords.answerQuestions(open)}{' '}
          {countDecisionWords.beforeYouApprove}
        </Text>
      )}
      <FormStatus form={form} busy={formStatusWords.saving} locations={locations} look="answer" />
    </Stack>
  )
}
