'use client'

import { Button } from '@/components/ui/actions/button'
import { Problem } from '@/components/ui/feedback/problem'
import { FormFields } from '@/components/ui/form-fields'
import { MessageField } from '@/components/ui/forms/message-field'
import { Stack } from '@/components/ui/layout/stack'
import { type FormAction, useForm } from '@/lib/client/forms/use-form'
import { messageLength } from '@/lib/domain/conversations/conversation'
import type { Refusal } from '@/lib/domain/core/refusal'
import type { Result } from '@/lib/domain/core/result'
import { messageFormWords, messageRefusalWords, unconfirmedWords } from './words'

/**
 * A message to the shop. Works without JavaScript. Renders a `<form>`.
 *
 * @param fields the other fields of its action, by their names.
 * @param posted the refusal of the request before, without JavaScript.
 */
export function MessageForm({
  action,
  fields,
  page,
  posted,
  send,
  ...texts
}: {
  action: FormAction<Result<unknown>>
  fields: Readonly<Record<string, string | undefined>>
  page: string
  posted: Refusal | null
  label: string
  hint?: string
  rows: number
  /** The text of the button. */
  send: string
}) {
  const { answer, isPending, isUnanswered, isUnsent, props } = useForm(action, {
    post: action,
    onAnswer: (answer, { form }) => answer.ok && form?.reset(),
  })
  const refusal = answer ? (answer.ok ? null : answer.error) : posted
  return (
    <Stack as="form" gap={3} {...props}>
      {Object.entries(fields).map(
        ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <FormFields page={page} />
      <MessageField size="large" id="body" name="body" maxLength={messageLength} required {...texts} />
      <Problem size="body">
        {isUnanswered ? unconfirmedWords(isUnsent) : refusal && messageRefusalWords(refusal)}
      </Problem>
      <Button kind="primary" size="large" place="start" aria-disabled={isPending || undefined}>
        {isPending ? messageFormWords.sending : send}
      </Button>
    </Stack>
  )
}
