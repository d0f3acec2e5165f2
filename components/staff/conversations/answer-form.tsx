'use client'

import { FormStatus } from '@/components/staff/forms/form-status'
import { Button } from '@/components/ui/actions/button'
import { MessageField } from '@/components/ui/forms/message-field'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { answerShopper } from '@/lib/actions/staff/conversations/conversation-desk'
import { useForm } from '@/lib/client/forms/use-form'
import { messageLength } from '@/lib/domain/conversations/conversation'
import { deskWords } from './words'

/** The next reply or internal note: which one says the button. Renders a `<form>`. */
export function AnswerForm({ id }: { id: string }) {
  const form = useForm(answerShopper, {
    onAnswer: (answer, { form }) => answer.ok && form?.reset(),
  })
  const { isPending } = form
  return (
    <Stack as="form" gap={3} {...form.props}>
      <input type="hidden" name="conversation_id" value={id} />
      <MessageField
        id="body"
        name="body"
        rows={4}
        label={deskWords.yourAnswer}
        hint={deskWords.hint}
        maxLength={messageLength}
        required
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
