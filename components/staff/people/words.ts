import { signUpWords } from '@/components/shop/account/words'
import { roleWords, signInWords } from '@/components/staff/shell/words'
import type { JoinRefusal } from '@/lib/domain/people/join'
import type { Invitation } from '@/lib/domain/people/people'
import type { StaffRole } from '@/lib/domain/people/staff'
import type { Location } from '@/lib/domain/stock/place'

/** The permissions of each role, for the role select. */
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

export const doneWords = {
  changed: 'Saved. The change takes effect immediately.',
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

/** The texts of the list of staff members. */
export const staffListWords = {
  you: '(you)',
  noLongerHasAccess: 'no longer has access',
}

/** The texts of invitation-link.tsx. */
export const invitationLinkWords = {
  link: 'Link',
}

/** The texts of invitation-list.tsx. */
export const invitationListWords = {
  invited: 'Invited',
  canJoinUntil: (time: string | number) => `can join until ${time}`,
  newLink: 'New link',
  forIt: 'for',
  cancel: 'Cancel',
  theInvitationOf: 'the invitation of',
  isCancelled: (name: string) => `The invitation is cancelled. The link of ${name} no longer works.`,
}

/** The texts of invite-form.tsx. */
export const inviteFormWords = {
  inviteAStaffMember: 'Invite a staff member',
  name: 'Name',
  eMail: 'E-mail',
  createInvitation: 'Create invitation',
  inviting: 'Inviting…',
}

/** The texts of join-forms.tsx. */
export const joinFormsWords = {
  join: 'Join',
  joining: 'Joining…',
  eMail: 'E-mail',
  password: 'Password',
  chooseAPasswordAtLeast: (shortestPassword: string | number) =>
    `Choose a password, at least ${shortestPassword} characters`,
}

/** The texts of own-access.tsx. */
export const ownAccessWords = {
  aManagerChangedYourAccess: (value: string | number, value2: string | number) =>
    `A manager changed your access. You are now a ${value}${value2}.`,
  atCertainLocations: ' at certain locations',
}

/** The texts of invitation-link.tsx, which shows a new link. */
export const newLinkWords = {
  sendThisLinkTo: 'Send this link to',
  copyTheLinkNowIt:
    'Copy the link now: it is shown only once. It works once, for seven days, with the invited address. They also get it by e-mail, unless no mail server is connected.',
}

/** The texts of rights-fields.tsx. */
export const rightsFieldsWords = {
  role: 'Role',
  canChangeStockOnlyAt: 'Can change stock only at (none selected: everywhere)',
}

/** The texts of rights-form.tsx. */
export const rightsFormWords = {
  accessFor: 'Access for',
  rights: 'Rights',
  confirmChange: 'Confirm change',
  save: 'Save',
  saving: 'Saving…',
  accessEndsImmediatelyTheAudit: 'Access ends immediately. The audit trail keeps their name.',
  noLongerHasAccessRestoring: (name: string | number) =>
    `${name} no longer has access. Restoring access gives them the same role again.`,
  endAccess: 'End access',
  restoreAccess: 'Restore access',
}

/** The texts of sign-out-form.tsx. */
export const signOutFormWords = {
  devices: 'Devices',
  endAllYourSessionsOn: 'End all your sessions on every device, including this one.',
  endAllSessionsOfOn: (name: string | number) => `End all sessions of ${name} on every device.`,
  lastUsedOn: (time: string | number) => ` Last used on ${time}.`,
  signOutEverywhere: 'Sign out everywhere',
}
