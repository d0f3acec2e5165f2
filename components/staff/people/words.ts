import { signUpWords } from '@/components/shop/account/words'
import { roleWords, signInWords } from '@/components/staff/shell/words'
import type { JoinRefusal } from '@/lib/domain/people/join'
import type { Invitation, PeopleAnswer } from '@/lib/domain/people/people'
import type { StaffRole } from '@/lib/domain/people/staff'
import type { Location } from '@/lib/domain/stock/place'

/** What each role may do, for who chooses one. */
export const roleMeaning: Record<StaffRole, string> = {
  viewer: 'sees everything, changes nothing',
  stock: 'also receives, counts, adjusts and picks',
  manager: 'also products, imports, money and people',
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
  changed: 'Changed. It counts from now on, on every page they have open.',
  revoked: 'The invitation is taken back; its link opens nothing any more.',
  signed_out: 'Signed out on every device.',
}

export const joinWords: Record<JoinRefusal, string> = {
  ...signUpWords,
  ...signInWords,
  details_missing: 'Type a password.',
  address_taken: 'This address has an account already. Sign in with its password instead.',
  closed: 'New accounts cannot be made just now. Ask a manager.',
  unconfirmed: 'Almost done: open the link in the e-mail we have sent you, then come back to this page.',
}

export const closedWords: Record<Exclude<Invitation['status'], 'open'>, string> = {
  accepted: 'This invitation has been accepted. If it was you, sign in.',
  revoked: 'This invitation was taken back. If you think that it should not have been, ask a manager.',
  expired: 'This invitation is older than seven days. Ask a manager for another link.',
}
