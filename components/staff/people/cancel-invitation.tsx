'use client'

import { FormStatus } from '@/components/staff/forms/form-status'
import { Button } from '@/components/ui/actions/button'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
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
      <Button>
        {invitationListWords.cancel}
        <VisuallyHidden>
          {' '}
          {invitationListWords.theInvitationOf} {name}
        </VisuallyHidden>
      </Button>
      <FormStatus form={form} />
    </form>
  )
}
