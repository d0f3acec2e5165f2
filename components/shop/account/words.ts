import type { OrderStatus } from '@/lib/domain/orders/order'
import type { ErasedAccount, ErasureAttempt } from '@/lib/domain/people/account-erasure'
import type { SignInRefusal } from '@/lib/domain/people/sign-in'
import { type SignUpAttempt, shortestPassword } from '@/lib/domain/people/sign-up'

export const signInWords: Record<SignInRefusal, string> = {
  details_missing: 'Enter your e-mail address and password.',
  credentials_rejected: 'Wrong e-mail or password. Check both and try again.',
  too_many_attempts: 'Too many attempts. Wait a few minutes, then try again.',
  account_locked: 'This account is locked. Contact the shop.',
  email_unconfirmed:
    'This address is not confirmed yet. Open the link in the e-mail we sent you, then sign in.',
}

export const signUpWords: Record<SignUpAttempt['ended'], string> = {
  details_missing: 'Enter your e-mail address, such as ada@example.org, and a password.',
  password_too_short: `The password is too short. Use at least ${shortestPassword} characters.`,
  password_too_weak: 'This password is too easy to guess. Choose a longer or less common one.',
  address_taken: 'This address already has an account. Sign in instead.',
  too_many_attempts: 'Too many attempts. Wait a few minutes, then try again.',
  closed: 'We can’t create accounts right now. You can check out without one.',
  unconfirmed: 'Almost done. Open the link in the e-mail we sent you, then sign in.',
}

export const erasureWords: Record<ErasureAttempt['refusal'], string> = {
  not_confirmed: 'Your account was not deleted. Tick the box to confirm, then try again.',
  last_manager:
    'Your account was not deleted because you are the only manager. Make another staff member a manager first.',
}

/** After an account was deleted. */
export function erasedWords({ unfinished }: ErasedAccount): string {
  if (unfinished === 0) return 'Your account is deleted.'
  const orders = unfinished === 1 ? 'your open order is' : `your ${unfinished} open orders are`
  return `Your account is deleted. We keep your contact details until ${orders} finished.`
}

/** The progress of an order, in a list. */
export const statusWords: Record<OrderStatus, string> = {
  awaiting_payment: 'Awaiting payment',
  placed: 'Placed',
  fulfilled: 'Fulfilled',
  cancelled: 'Cancelled',
}

/** The texts of credentials-form.tsx. */
export const credentialsFormWords = {
  eMail: 'E-mail',
  passwordAtLeastCharacters: (shortestPassword: string | number) =>
    `Password, at least ${shortestPassword} characters`,
  password: 'Password',
}

/** The texts of delete-account.tsx. */
export const deleteAccountWords = {
  deleteAccount: 'Delete account',
  thisCannotBeUndoneItems:
    'This cannot be undone. Items in your cart are released. Your orders stay with the shop, without your name, e-mail address, phone number and address. An order that is not finished keeps them until it is.',
  deleteMyAccountForGood: 'Delete my account for good',
}

/** The texts of export-account.tsx. */
export const exportAccountWords = {
  downloadMyData: 'Download my data',
  whatTheFileHas: 'Your account, your cart and your orders, as a JSON file.',
}

/** The texts of order-list.tsx. */
export const orderListWords = {
  order: 'Order',
}

/** The texts of sign-out-button.tsx. */
export const signOutButtonWords = {
  signOut: 'Sign out',
}

/** The texts of cookie-notice.tsx. */
export const cookieNoticeWords = {
  yourBrowserBlocksCookies: 'Your browser blocks cookies, so you can’t sign in. Allow cookies and reload.',
}
