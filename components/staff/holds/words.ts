/** How staff name a guest or an account: by six digits, which identify nobody elsewhere. */
export function guestWords({ guest, is_account }: { guest: string; is_account: boolean }): string {
  return `${is_account ? 'account' : 'guest'} ${guest}`
}

/** A blocked caller, by what the database calls it. */
export function subjectWords(subject: string): string {
  const kind = { g: 'Guest', u: 'Account', n: 'Network' }[subject.charAt(0)] ?? 'Caller'
  return `${kind} ${subject.slice(2).replaceAll('-', '').slice(0, 6)}`
}

/** The texts of block-form.tsx. */
export const blockFormWords = {
  block: 'Block',
  reason: 'Reason',
  reasonForBlocking: (label: string | number) => `Reason for blocking ${label}`,
  forHowLong: 'For how long',
  n1Hour: '1 hour',
  n1Day: '1 day',
  n1Week: '1 week',
  untilUnblocked: 'Until unblocked',
}

/** The texts of block-list.tsx. */
export const blockListWords = {
  blocked: 'Blocked',
  by: 'by',
  theShop: 'the shop',
  until: (time: string | number) => `, until ${time}`,
  unblock: 'Unblock',
}

/** The texts of cancel-orders.tsx. */
export const cancelOrdersWords = {
  cancelUnpaidOrders: 'Cancel unpaid orders',
  eMailAddress: 'E-mail address',
  placedInTheLast: 'Placed in the last',
  hour: 'hour',
  day: 'day',
  week: 'week',
  findUnpaidOrders: 'Find unpaid orders',
  noUnpaidOrdersMatchThis: 'No unpaid orders match this filter.',
  n1UnpaidOrder: '1 unpaid order',
  unpaidOrders: (orders: string | number) => `${orders} unpaid orders`,
  cancellingReleasesTheUnitsAnd:
    '. Cancelling releases the units and cannot be undone. At most 200 orders are cancelled at a time.',
  cancel: 'Cancel',
  thisOrder: 'this order',
  theseOrders: (count: string | number) => `these ${count} orders`,
}

/** The texts of hold-list.tsx. */
export const holdListWords = {
  noUnitsAreHeld: 'No units are held.',
  selectOfHeldBy: (units: string | number, title: string | number, guest: string | number) =>
    `Select ${units} of ${title} held by ${guest}`,
  inNetwork: (network: string | number) => ` in network ${network}`,
  since: (time: string | number) => `since ${time}, `,
  until: 'until',
  endSelectedHolds: 'End selected holds',
}

/** The texts of holder-sums.tsx. */
export const holderSumsWords = {
  networks: 'Networks',
  noNetworkIsKnown: 'No network is known.',
  network: 'Network',
  guests: (guests: string | number) => `${guests} guests`,
  network2: (network: string | number) => `network ${network}`,
  guestsAndAccounts: 'Guests and accounts',
  noGuestHoldsUnits: 'No guest holds units.',
  variants: (variants: string | number) => `${variants} variants`,
}
