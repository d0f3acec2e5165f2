/** Parts of the shop that can be unavailable on their own. */
export type UnavailablePart = 'catalogue' | 'search' | 'cart' | 'checkout' | 'order' | 'account' | 'staff'

/** What happened, what it means for the reader, and what to do. */
export const unavailableWords: Record<UnavailablePart, { title: string; words: string }> = {
  catalogue: {
    title: 'The shop is shut for a moment.',
    words: 'We cannot reach our database, so this page cannot be shown. Try again in a minute.',
  },
  search: {
    title: 'Search does not work right now.',
    words: 'We cannot reach our database. You can still browse the categories. Try again in a minute.',
  },
  cart: {
    title: 'Your cart cannot be shown right now.',
    words: 'We cannot reach our database. Your cart is kept. Try again in a minute.',
  },
  checkout: {
    title: 'You cannot order right now.',
    words: 'We cannot reach our database, so nothing was ordered. Your cart is kept. Try again in a minute.',
  },
  order: {
    title: 'Your order cannot be shown right now.',
    words: 'We cannot reach our database. Your order is not affected. Try again in a minute.',
  },
  account: {
    title: 'Your account cannot be shown right now.',
    words: 'We cannot reach our database. Nothing of yours is lost. Try again in a minute.',
  },
  staff: {
    title: 'The database cannot be reached.',
    words: 'This page cannot be shown right now. Saved changes are kept. Try again in a minute.',
  },
}
