/** The texts of the people page. */
export const peoplePageWords = {
  people: 'People',
  viewAuditTrail: 'View audit trail',
  inviteAStaffMember: 'Invite a staff member',
}

/** The texts of the person page. */
export const personPageWords = {
  staffMember: 'Staff member',
  people: 'People',
  hereSince: (rights: string | number, day: string | number) => `${rights}, here since ${day}`,
  noLongerHasAccess: 'no longer has access',
  activity: 'Activity',
  viewAllActivity: 'View all activity',
}
