'use client'

import { useState } from 'react'
import { usePulse } from '@/components/staff/shell/use-pulse'
import { roleWords } from '@/components/staff/shell/words'
import { staffMembersOf } from '@/lib/domain/people/live'
import type { StaffRecord } from '@/lib/domain/people/people'
import { ownAccessWords } from './words'

/**
 * Follows the rights of the signed-in staff member. After the loss of access or session the page, rendered again,
 * leads elsewhere; a new role is announced. Renders a `<p>`, empty at first.
 *
 * @param first the row of the signed-in staff member.
 */
export function OwnAccess({ first }: { first: readonly StaffRecord[] }) {
  const rows = usePulse(staffMembersOf(first.map(({ user_id }) => user_id)), first)
  const [began] = useState(first[0])
  const own = rows[0]
  const hasChanged =
    own && began && (own.role !== began.role || String(own.location_ids) !== String(began.location_ids))
  return (
    <p role="status" className="bg-sun px-4 py-2 text-center text-on-sun text-small empty:hidden">
      {hasChanged &&
        ownAccessWords.aManagerChangedYourAccess(
          roleWords[own.role],
          own.location_ids ? ownAccessWords.atCertainLocations : '',
        )}
    </p>
  )
}

/** The same for pages that list staff: a change of one row renders the page again. Renders nothing. */
export function PeoplePulse({ first }: { first: readonly StaffRecord[] }) {
  usePulse(staffMembersOf(first.map(({ user_id }) => user_id)), first)
  return null
}
