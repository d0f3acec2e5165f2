'use client'

import { useState } from 'react'
import { SubmitButton } from '@/components/staff/forms/submit-button'
import { TextField } from '@/components/ui/forms/text-field'
import { Stack } from '@/components/ui/layout/stack'
import { inviteStaffMember } from '@/lib/actions/staff/people'
import { useForm } from '@/lib/client/forms/use-form'
import type { Location } from '@/lib/domain/stock/place'
import { InvitationLink } from './invitation-link'
import { RightsFields } from './rights-fields'
import { inviteFormWords } from './words'

/** Invites a staff member by their address. Renders a `<form>`. */
export function InviteForm({ locations }: { locations: readonly Location[] }) {
  const [invited, setInvited] = useState('')
  const form = useForm(inviteStaffMember, {
    onAnswer: (answer, { fields, form: sent }) => {
      if (!answer.ok) return
      setInvited(String(fields.get('name')))
      sent?.reset()
    },
  })
  return (
    <Stack as="form" gap={4} width="form" {...form.props} aria-label={inviteFormWords.inviteAStaffMember}>
      <Stack gap={4} columns={2}>
        <TextField label={inviteFormWords.name} name="name" required maxLength={120} autoComplete="off" />
        <TextField
          label={inviteFormWords.eMail}
          name="email"
          type="email"
          required
          maxLength={254}
          autoComplete="off"
        />
      </Stack>
      <RightsFields rights={{ role: 'stock', location_ids: null }} locations={locations} />
      <div>
        <SubmitButton label={inviteFormWords.createInvitation} busy={inviteFormWords.inviting} />
      </div>
      <InvitationLink form={form} name={invited} />
    </Stack>
  )
}
