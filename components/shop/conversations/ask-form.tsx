'use client'

import { Button } from '@/components/ui/actions/button'
import { Problem } from '@/components/ui/feedback/problem'
import { FormFields } from '@/components/ui/form-fields'
import { MessageField } from '@/components/ui/forms/message-field'
import { Stack } from '@/components/ui/layout/stack'
import { askShop } from '@/lib/actions/shop/conversations'
import { useForm } from '@/lib/client/forms/use-form'
import { type AskShop, messageLength } from '@/lib/domain/conversations/conversation'
import type { Refusal } from '@/lib/domain/core/refusal'
import { askWords, messageRefusalWords, unconfirmedWords } from './words'

/**
 * The first message of a conversation, which it leads to. Works without JavaScript. Renders a `<form>`.
 *
 * @param posted the refusal of the request before, without JavaScript.
 */
export function AskForm({
  about,
  aboutId,
  page,
  posted,
}: {
  about: AskShop['about']
  aboutId?: string | undefined
  page: string
  posted: Refusal | null
}) {
  const { answer, isPending, isUnanswered, isUnsent, props } = useForm(askShop, { post: askShop })
  const refusal = answer ? (answer.ok ? null : answer.error) : posted
  return (
    <Stack as="form" gap={4} {...props}>
      <input type="hidden" name="about" value={about} />
      {aboutId && <input type="hidden" name="about_id" value={aboutId} />}
      <FormFields page={page} />
      <MessageField
        size="large"
        id="body"
        name="body"
        rows={5}
        label={askWords.yourQuestion}
        hint={askWords.hint}
        maxLength={messageLength}
        required
      />
      <Problem size="body">
        {isUnanswered ? unconfirmedWords(isUnsent) : refusal && messageRefusalWords(refusal)}
      </Problem>
      <Button kind="primary" size="large" place="start" aria-disabled={isPending || undefined}>
        {isPending ? askWords.sending : askWords.send}
      </Button>
    </Stack>
  )
}
