import { catalogueUnavailable, type UnavailableWords } from './catalogue-unavailable'

/** Parts of the shop that can be unavailable on their own. */
export type UnavailablePart = 'catalogue' | 'search' | 'cart' | 'checkout' | 'order' | 'account' | 'staff'

/** The cause, its meaning for the reader, and the next step. */
export const unavailableWords: Record<UnavailablePart, UnavailableWords> = {
  catalogue: catalogueUnavailable,
  search: {
    title: 'Search is unavailable.',
    words: 'We can’t reach our database. You can still browse the categories. Try again in a minute.',
  },
  cart: {
    title: 'Your cart is unavailable.',
    words: 'We can’t reach our database. Your cart is saved. Try again in a minute.',
  },
  checkout: {
    title: 'Checkout is unavailable.',
    words: 'We can’t reach our database, so nothing was ordered. Your cart is saved. Try again in a minute.',
  },
  order: {
    title: 'Your order is unavailable.',
    words: 'We can’t reach our database. Your order is safe. Try again in a minute.',
  },
  account: {
    title: 'Your account is unavailable.',
    words: 'We can’t reach our database. Your orders are safe. Try again in a minute.',
  },
  staff: {
    title: 'The database is unavailable.',
    words: 'This page cannot be shown right now. Saved changes are safe. Try again in a minute.',
  },
}
