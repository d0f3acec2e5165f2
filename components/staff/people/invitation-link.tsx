'use client'

import { FormStatus } from '@/components/staff/forms/form-status'
import { Text } from '@/components/ui/text/text'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import type { Form } from '@/lib/client/forms/use-form'
import type { Refusal } from '@/lib/domain/core/refusal'
import type { Result } from '@/lib/domain/core/result'
import { invitationLinkWords, newLinkWords } from './words'

/**
 * How a form fared whose answer is the link of an invitation. The link is shown once, selected and ready to be copied.
 * Renders a live region and a labelled `<input>`.
 */
export function InvitationLink({ form, name }: { form: Form<Result<string, Refusal>>; name: string }) {
  const link = form.answer?.ok ? form.answer.data : null
  if (link === null || form.isPending) return <FormStatus form={form} />
  return (
    <div
      role="alert"
      className="max-w-prose rounded-small border border-field bg-raised px-4 py-3 text-small"
    >
      <Text weight="medium">
        {newLinkWords.sendThisLinkTo} {name}.
      </Text>
      <Text tone="soft">{newLinkWords.copyTheLinkNowIt}</Text>
      <label className="mt-2 grid gap-1">
        <VisuallyHidden>{invitationLinkWords.link}</VisuallyHidden>
        <input
          readOnly
          value={link}
          // biome-ignore lint/a11y/noAutofocus: it is shown now and never again, and has to be copied
          autoFocus
          onFocus={(event) => event.currentTarget.select()}
          className="min-w-0 bg-sunken px-3 py-2 text-fine"
        />
      </label>
    </div>
  )
}
