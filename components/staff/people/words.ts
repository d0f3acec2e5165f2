import { signUpWords } from '@/components/shop/account/words'
import { roleWords, signInWords } from '@/components/staff/shell/words'
import type { JoinRefusal } from '@/lib/domain/people/join'
import type { Invitation, PeopleAnswer } from '@/lib/domain/people/people'
import type { StaffRole } from '@/lib/domain/people/staff'
import type { Location } from '@/lib/domain/stock/place'

/** What each role may do, for who chooses one. */
export const roleMeaning: Record<StaffRole, string> = {
  viewer: 'can view everything',
  stock: 'can also receive, count, adjust and pick',
  manager: 'can also manage products, imports, payments and people',
}

/** "stock keeper at The shop and The workshop". */
export function rightsWords(
  { role, location_ids }: { role: StaffRole; location_ids: readonly string[] | null },
  locations: readonly Location[],
): string {
  if (!location_ids) return roleWords[role]
  const names = location_ids.map(
    (id) => locations.find((each) => each.id === id)?.name ?? 'a closed location',
  )
  return `${roleWords[role]} at ${list.format(names)}`
}

export const list = new Intl.ListFormat('en', { type: 'conjunction' })

export const doneWords: Record<Exclude<Extract<PeopleAnswer, { ok: true }>['done'], 'invited'>, string> = {
  changed: 'Saved. The change takes effect immediately.',
  revoked: 'The invitation is cancelled. Its link no longer works.',
  signed_out: 'Signed out on every device.',
}

export const joinWords: Record<JoinRefusal, string> = {
  ...signUpWords,
  ...signInWords,
  details_missing: 'Enter a password.',
  address_taken: 'This address already has an account. Sign in instead.',
  closed: 'We can’t create accounts right now. Ask a manager.',
  unconfirmed: 'Almost done. Open the link in the e-mail we sent you, then come back to this page.',
}

export const closedWords: Record<Exclude<Invitation['status'], 'open'>, string> = {
  accepted: 'This invitation was already accepted. If it was you, sign in.',
  revoked: 'This invitation was cancelled. Ask a manager if this is a mistake.',
  expired: 'This invitation has expired. Ask a manager for a new link.',
}
