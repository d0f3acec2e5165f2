'use client'

import { quietButton } from '@/components/staff/forms/controls'
import { FormStatus } from '@/components/staff/forms/form-status'
import { revokeInvitation } from '@/lib/actions/staff/people'
import { useForm } from '@/lib/client/forms/use-form'
import type { OpenInvitation } from '@/lib/domain/people/people'
import { invitationListWords } from './words'

/** Cancels an invitation. It leaves the list with its form, so the list reports it. Renders a `<form>`. */
export function CancelInvitation({
  invitation: { id, name },
  onCancelled,
}: {
  invitation: Pick<OpenInvitation, 'id' | 'name'>
  onCancelled: (name: string) => void
}) {
  const form = useForm(revokeInvitation, { onAnswer: (answer) => answer.ok && onCancelled(name) })
  return (
    <form {...form.props} aria-busy={form.isPending}>
      <input type="hidden" name="invitation_id" value={id} />
      <button type="submit" className={quietButton}>
        {invitationListWords.cancel}
        <span className="sr-only">
          {' '}
          {invitationListWords.theInvitationOf} {name}
        </span>
      </button>
      <FormStatus form={form} />
    </form>
  )
}
