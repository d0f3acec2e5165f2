'use client'

import { useState } from 'react'
import { FormStatus } from '@/components/staff/forms/form-status'
import { Button } from '@/components/ui/actions/button'
import { MessageField } from '@/components/ui/forms/message-field'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { answerShopper } from '@/lib/actions/staff/conversations/conversation-desk'
import { useForm } from '@/lib/client/forms/use-form'
import { messageLength } from '@/lib/domain/conversations/conversation'
import { OthersHere } from './others-here'
import { deskWords } from './words'

/**
 * The next reply or internal note: which one says the button. Warns when another staff member has begun an answer. Renders
 * a `<form>`.
 */
export function AnswerForm({ id, name }: { id: string; name: string }) {
  const [hasDraft, setHasDraft] = useState(false)
  const form = useForm(answerShopper, {
    onAnswer(answer, { form }) {
      if (!answer.ok) return
      form?.reset()
      setHasDraft(false)
    },
  })
  const { isPending } = form
  return (
    <Stack as="form" gap={3} {...form.props}>
      <input type="hidden" name="conversation_id" value={id} />
      <OthersHere id={id} name={name} hasDraft={hasDraft} />
      <MessageField
        id="body"
        name="body"
        rows={4}
        label={deskWords.yourAnswer}
        hint={deskWords.hint}
        maxLength={messageLength}
        required
        onInput={(event) => setHasDraft(event.currentTarget.value !== '')}
      />
      <Row align="center" gap="wide">
        <Button kind="primary" name="as" value="reply" aria-disabled={isPending || undefined}>
          {deskWords.reply}
        </Button>
        <Button name="as" value="note" aria-disabled={isPending || undefined}>
          {deskWords.addNote}
        </Button>
      </Row>
      <FormStatus form={form} busy={deskWords.sending} done={deskWords.saved} />
    </Stack>
  )
}
