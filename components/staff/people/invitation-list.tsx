'use client'

import { useRef, useState } from 'react'
import { LineList } from '@/components/ui/layout/line-list'
import { Row } from '@/components/ui/layout/row'
import { Text } from '@/components/ui/text/text'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { OpenInvitation } from '@/lib/domain/people/people'
import type { Location } from '@/lib/domain/stock/place'
import { CancelInvitation } from './cancel-invitation'
import { RenewForm } from './renew-form'
import { invitationListWords, rightsWords } from './words'

/**
 * The invitations that nobody has accepted, each with a new link or its cancellation. Renders a live region, which has the
 * focus after a cancellation, and a `<ul>` if there are any.
 */
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
  const status = useRef<HTMLParagraphElement>(null)
  const [cancelled, setCancelled] = useState('')

  function onCancelled(name: string): void {
    setCancelled(invitationListWords.isCancelled(name))
    status.current?.focus()
  }

  return (
    <>
      <p ref={status} role="status" tabIndex={-1} className="text-small empty:sr-only">
        {cancelled}
      </p>
      {invitations.length > 0 && (
        <LineList aria-label={invitationListWords.invited}>
          {invitations.map((invitation) => (
            <li
              key={invitation.id}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-line border-b py-3"
            >
              <p className="min-w-0 text-small">
                <Text as="span" size="body" weight="medium">
                  {invitation.name}
                </Text>{' '}
                <span className="wrap-anywhere text-soft max-tablet:block">{invitation.email}</span>
                <span className="block text-soft first-letter:uppercase">
                  {rightsWords(invitation, locations)},{' '}
                  {Date.parse(invitation.expires_at) > now
                    ? invitationListWords.canJoinUntil(shopTime(invitation.expires_at))
                    : 'expired'}
                </span>
              </p>
              <Row gap={2}>
                <RenewForm invitation={invitation} />
                <CancelInvitation invitation={invitation} onCancelled={onCancelled} />
              </Row>
            </li>
          ))}
        </LineList>
      )}
    </>
  )
}
