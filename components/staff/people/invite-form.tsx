import { fieldBox, labelText } from '@/components/staff/forms/controls'
import { SubmitButton } from '@/components/staff/forms/submit-button'
import { inviteColleague } from '@/lib/actions/staff/people'
import type { Location } from '@/lib/domain/stock/place'
import { RightsFields } from './rights-fields'
import { inviteFormWords } from './words'

/** Invites somebody by their address. Renders a `<form>`. */
export function InviteForm({ locations, firstKey }: { locations: readonly Location[]; firstKey: string }) {
  return (
    <form
      action={inviteColleague}
      aria-label={inviteFormWords.inviteAStaffMember}
      className="grid max-w-176 gap-4"
    >
      <input type="hidden" name="idempotency_key" value={firstKey} />
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
    </form>
  )
}
