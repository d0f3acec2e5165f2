/** The texts of the customers page and its list. */
export const customerListWords = {
  customers: 'Customers',
  everyAddressThatOrdered: 'Accounts, and e-mail addresses of guests, by their latest order.',
  nameAddressOrNumber: 'Name, e-mail or order number',
  search: 'Search',
  name: 'Customer',
  account: 'Account',
  hasAccount: 'Account',
  isGuest: 'Guest',
  orderCount: (orders: number) => (orders === 1 ? '1 order' : `${orders} orders`),
  latestOrder: 'Latest order',
  noneYet: 'No customers yet. A customer appears with their first order.',
  noneMatch: 'No customers match. Try another word.',
  pages: 'Customer pages',
  backToFirst: 'Back to first page',
  next: 'Next customers',
}

/** The texts of the page of a customer. */
export const customerWords = {
  customer: 'Customer',
  customerSince: (day: string) => `Customer since ${day}`,
  contact: 'Contact',
  latestAddress: 'Latest delivery address',
  noAddress: 'No delivery address',
  account: 'Account',
  noAccount: 'No account: orders as a guest',
  sum: 'Placed in total',
  orders: 'Orders',
  orderTable: (total: number) => `Orders: ${total}`,
  order: 'Order',
  placed: 'Date',
  status: 'Status',
  total: 'Total',
  orderPages: 'Order pages of this customer',
  newestOrders: 'Newest orders',
  olderOrders: 'Older orders',
  statuses: {
    awaiting_payment: 'Awaiting payment',
    placed: 'Placed',
    fulfilled: 'Fulfilled',
    cancelled: 'Cancelled',
  },
}

/** The texts of customer-notes.tsx. */
export const noteWords = {
  notes: 'Notes',
  none: 'No notes.',
  addNote: 'Add note',
  note: 'Note',
  hint: 'Other staff can read it. It cannot be changed, is part of the data that the customer can download, and is deleted with the customer.',
  saved: 'Note saved.',
  formerStaff: 'Former staff member',
}

/** The texts of customer-consent.tsx. */
export const consentWords = {
  advertising: 'Advertising',
  unknown: 'Has not agreed to advertising.',
  given: (by: string, time: string) => `Agreed to advertising, ${by}, ${time}.`,
  withdrawn: (by: string, time: string) => `Does not want advertising, ${by}, ${time}.`,
  by: { customer: 'in the account', staff: 'recorded by staff' },
  recordGiven: 'Record agreement',
  recordWithdrawn: 'Record withdrawal',
  askFirst: 'Record an agreement only when the customer asked for advertising.',
  saved: 'Saved.',
}

/** The texts of customer-merge.tsx. */
export const mergeWords = {
  guestOrders: 'Guest orders',
  canJoin: (orders: number) =>
    orders === 1
      ? 'One guest order has the confirmed e-mail address of this account.'
      : `${orders} guest orders have the confirmed e-mail address of this account.`,
  hasAccount: 'An account has confirmed this e-mail address.',
  addToAccount: 'Add guest orders to the account',
  theyAreShown: 'The customer then sees these orders in the account.',
  added: (orders: number) =>
    orders === 1 ? 'Staff added one order to this account.' : `Staff added ${orders} orders to this account.`,
  removeFromAccount: 'Remove added orders from the account',
  saved: 'Orders moved.',
}
