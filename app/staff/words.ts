/** The texts of the error. */
export const errorWords = {
  somethingWentWrong: 'Something went wrong.',
  thisPageCouldNotBe: 'This page could not be loaded. Saved changes are safe. Try again.',
}

/** The texts of the layout. */
export const layoutWords = {
  needsJavaScript: 'The staff pages need JavaScript. Turn it on in this browser and reload the page.',
  staff: 'Staff',
  titleOf: (shop: string) => (shop ? `%s · ${shop} staff` : '%s · Staff'),
}

/** The texts of the not found. */
export const notFoundWords = {
  pageNotFound: 'Page not found',
  weCantFindThatPage: 'We can’t find that page.',
  checkTheAddressOrGo: 'Check the address, or go back to the inventory.',
  backToTheInventory: 'Back to the inventory',
}

/** The texts of the page. */
export const pageWords = {
  inventory: 'Inventory',
}

/** The texts of the export page. */
export const exportPageWords = {
  exportIt: 'Export',
  csvFilesForShopifyAnd: 'CSV files for Shopify and spreadsheets. Managers can import them again.',
}

/** The texts of the audit page. */
export const auditPageWords = {
  auditTrail: 'Audit trail',
  everyChangeWithItsAuthor: 'Every change with its author and time. Entries can’t be edited or deleted.',
  auditTrailPages: 'Audit trail pages',
  backToNewest: 'Back to newest',
  older: 'Older',
}

/** The texts of the sign in page. */
export const signInPageWords = {
  forgotPassword: 'Forgot your password?',
  signIn: 'Sign in',
  youWereSignedOutOn:
    'You were signed out on every device. Sign in again to continue. Saved changes are safe.',
  thisPageIsForStaff: 'This page is for staff. To join, ask a manager for an invitation. Customers sign in',
  inTheShop: 'in the shop',
}

/** The texts of the no access page. */
export const noAccessPageWords = {
  noAccess: 'No access',
  youDontHaveAccess: 'You don’t have access',
  yourAccessHasEnded: 'Your access has ended',
  notAStaffAccount: 'Not a staff account',
  youAreSignedInAs: 'You are signed in as',
  whichCantOpenThisPage: ', which can’t open this page. Ask a manager to change your role.',
  aManagerEndedAccessFor: (email: string | number) =>
    `A manager ended access for ${email}. If this is a mistake, ask them to restore it.`,
  isNotAStaffAccount: (email: string | number) =>
    `${email} is not a staff account. Ask a manager to invite you, or sign out and use another account.`,
  backToTheInventory: 'Back to the inventory',
}

/** The texts of the holds page. */
export const holdsPageWords = {
  holds: 'Holds',
  showAllHolds: 'Show all holds',
  unitsHeld: 'Units held',
}

/** The texts of the dashboard page. */
export const dashboardPageWords = {
  dashboard: 'Dashboard',
  alerts: 'Alerts',
}

/** The texts of the join page. */
export const joinPageWords = {
  join: 'Join',
  thisLinkDoesNotWork:
    'This link does not work. Check that you copied all of it, or ask a manager for a new one.',
  theShop: 'The shop',
  invites: 'invites',
  toWorkHereAsA: 'to work here as a',
  at: (count: string | number) => ` at ${count}`,
  signIn: 'Sign in',
  theInvitationIsFor: 'The invitation is for',
  andYouAreSignedIn: ', and you are signed in as',
  signOutToUseThe: '. Sign out to use the other address.',
  thisAddressHasNoAccount: 'This address has no account yet? ',
  thisAddressHasAnAccount: 'This address has an account in the shop? ',
  chooseAPassword: 'Choose a password',
  useItsPassword: 'Use its password',
}

/** The texts of the e-mails page. */
export const mailPageWords = {
  eMails: 'E-mails',
  sentByItself:
    'E-mails about orders are sent automatically. The list shows those the mail server did not accept.',
  noMailServer:
    'No mail server is connected, so customers get no e-mails. Set SMTP_URL and MAIL_FROM (docs/deploy.md), then restart the shop.',
  waiting: (count: number) => `${count} waiting`,
  oldest: (time: string) => `, the oldest since ${time}`,
  failed: (count: number) => `· ${count} failed`,
}

/** The texts of reports/page.tsx. */
export const reportsPageWords = {
  salesReport: 'Sales report',
  orders: 'Orders',
  about:
    'Orders count on the day they were placed, without items that were cancelled or returned since. Amounts include tax and delivery.',
}
