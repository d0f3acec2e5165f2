'use client'

import { useState } from 'react'
import { fieldBox, labelText } from '@/components/staff/forms/controls'
import { SubmitButton } from '@/components/staff/forms/submit-button'
import { inviteStaffMember } from '@/lib/actions/staff/people'
import { useForm } from '@/lib/client/forms/use-form'
import type { Location } from '@/lib/domain/stock/place'
import { InvitationLink } from './invitation-link'
import { RightsFields } from './rights-fields'
import { inviteFormWords } from './words'

/** Invites somebody by their address. Renders a `<form>`. */
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
    <form {...form.props} aria-label={inviteFormWords.inviteAStaffMember} className="grid max-w-176 gap-4">
      <div className="grid gap-4 tablet:grid-cols-2">
        <label className="grid gap-1">
          <span className={labelText}>{inviteFormWords.name}</span>
          <input name="name" required maxLength={120} autoComplete="off" className={fieldBox} />
        </label>
        <label className="grid gap-1">
          <span className={labelText}>{inviteFormWords.eMail}</span>
          <input name="email" type="email" required maxLength={254} autoComplete="off" className={fieldBox} />
        </label>
      </div>
      <RightsFields rights={{ role: 'stock', location_ids: null }} locations={locations} />
      <div>
        <SubmitButton label={inviteFormWords.createInvitation} busy={inviteFormWords.inviting} />
      </div>
      <InvitationLink form={form} name={invited} />
    </form>
  )
}
