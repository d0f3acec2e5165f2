'use client'

import { Button } from '@/components/ui/actions/button'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { renewInvitation } from '@/lib/actions/staff/people'
import { useForm } from '@/lib/client/forms/use-form'
import type { OpenInvitation } from '@/lib/domain/people/people'
import { InvitationLink } from './invitation-link'
import { invitationListWords } from './words'

/** Makes another link for an invitation; the former one is dead. Renders a `<form>`, then the link. */
export function RenewForm({ invitation: { id, name } }: { invitation: Pick<OpenInvitation, 'id' | 'name'> }) {
  const form = useForm(renewInvitation)
  return (
    <form {...form.props} aria-busy={form.isPending}>
      <input type="hidden" name="invitation_id" value={id} />
      <Button>
        {invitationListWords.newLink}
        <VisuallyHidden>
          {' '}
          {invitationListWords.forIt} {name}
        </VisuallyHidden>
      </Button>
      <InvitationLink form={form} name={name} />
    </form>
  )
}
