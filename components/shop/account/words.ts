import type { OrderStatus } from '@/lib/domain/orders/order'
import type { ErasedAccount, ErasureAttempt } from '@/lib/domain/people/account-erasure'
import type { SignInRefusal } from '@/lib/domain/people/sign-in'
import { type SignUpAttempt, shortestPassword } from '@/lib/domain/people/sign-up'

export const signInWords: Record<SignInRefusal, string> = {
  details_missing: 'Type your e-mail address and your password.',
  credentials_rejected: 'This address and password do not belong together. Check both and try again.',
  too_many_attempts: 'Too many attempts from here. Wait a few minutes, then try again.',
  account_locked: 'This account is locked. Ask the shop about it.',
  email_unconfirmed:
    'This address is not confirmed yet. Open the link in the e-mail we sent you, then sign in.',
}

export const signUpWords: Record<SignUpAttempt['ended'], string> = {
  details_missing: 'Type your e-mail address, such as ada@example.org, and a password.',
  password_too_short: `The password is too short: it takes at least ${shortestPassword} characters.`,
  password_too_weak: 'That password is too easy to guess. Make it longer, or less common.',
  address_taken: 'There is an account with this address already. Sign in with it instead.',
  too_many_attempts: 'Too many attempts from here. Wait a few minutes, then try again.',
  closed: 'New accounts cannot be made just now. You can order without one.',
  unconfirmed: 'Almost done: open the link in the e-mail we have sent you, then sign in.',
}

export const erasureWords: Record<ErasureAttempt['refusal'], string> = {
  not_confirmed: 'Your account was not deleted. Tick the box to confirm, then try again.',
  last_manager:
    'Your account was not deleted: you are the only manager. Make another staff member a manager first.',
}

/** After an account was deleted. */
export function erasedWords({ unfinished }: ErasedAccount): string {
  if (unfinished === 0) return 'Your account is deleted.'
  const orders = unfinished === 1 ? 'One order is' : `${unfinished} orders are`
  return `Your account is deleted. ${orders} not finished: the shop keeps your contact details until then.`
}

/** Where an order stands, in a list. */
export const statusWords: Record<OrderStatus, string> = {
  awaiting_payment: 'Waiting for the payment',
  placed: 'Set aside for you',
  fulfilled: 'Handed over',
  cancelled: 'Called off',
}
