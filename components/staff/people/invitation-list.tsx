import { ActionForm } from '@/components/staff/forms/action-form'
import { quietButton } from '@/components/staff/forms/controls'
import { revokeInvitation } from '@/lib/actions/staff/people'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { OpenInvitation } from '@/lib/domain/people/people'
import type { Location } from '@/lib/domain/stock/place'
import { RenewForm } from './renew-form'
import { invitationListWords, rightsWords } from './words'

/** Who is invited and has not joined, and what can be done about it. Renders a `<ul>`, or nothing. */
export function InvitationList({
  invitations,
  locations,
  now,
}: {
  invitations: readonly OpenInvitation[]
  locations: readonly Location[]
  /** In milliseconds since 1970: until when an invitation is good. */
  now: number
}) {
  if (invitations.length === 0) return null
  return (
    <ul aria-label={invitationListWords.invited} className="grid border-line border-t">
      {invitations.map((invitation) => (
        <li
          key={invitation.id}
          className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-line border-b py-3"
        >
          <p className="min-w-0 text-small">
            <span className="font-medium text-body">{invitation.name}</span>{' '}
            <span className="wrap-anywhere text-soft max-tablet:block">{invitation.email}</span>
            <span className="block text-soft first-letter:uppercase">
              {rightsWords(invitation, locations)},{' '}
              {Date.parse(invitation.expires_at) > now
                ? invitationListWords.canJoinUntil(shopTime(invitation.expires_at))
                : 'expired'}
            </span>
          </p>
          <div className="flex flex-wrap gap-2">
            <RenewForm invitation={invitation} />
            <ActionForm action={revokeInvitation} fields={{ invitation_id: invitation.id }}>
              <button type="submit" className={quietButton}>
                {invitationListWords.cancel}
                <span className="sr-only">
                  {' '}
                  {invitationListWords.theInvitationOf} {invitation.name}
                </span>
              </button>
            </ActionForm>
          </div>
        </li>
      ))}
    </ul>
  )
}
