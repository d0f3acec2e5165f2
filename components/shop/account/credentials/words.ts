import type { AccountNotice } from '@/lib/domain/people/credentials'
import { shortestPassword } from '@/lib/domain/people/sign-up'

export const noticeWords: Record<AccountNotice, string> = {
  address_missing: 'Enter your e-mail address, such as ada@example.org.',
  details_missing: 'Some details are missing. Fill in every field, then try again.',
  link_ended: 'This link was used or has expired. Nothing was changed. Request another one.',
  password_too_short: `The password is too short. Use at least ${shortestPassword} characters.`,
  password_too_weak: 'This password is too easy to guess. Choose a longer or less common one.',
  password_wrong: 'The current password is wrong. Nothing was changed.',
  too_many_attempts: 'Too many attempts. Wait an hour, then try again.',
  link_sent:
    'If this address has an account that needs it, we sent a link to it. It works once, for one hour. Check the spam folder, too.',
  password_changed: 'Your password was changed. Other devices were signed out.',
  change_sent:
    'If the new address is free, we sent an e-mail to it and one to your current address. Your address changes when you have opened the links of both.',
  address_approved: 'Thank you. Now open the link in the e-mail to your other address.',
  advertising_agreed: 'Saved. We send you news and offers by e-mail until you change this.',
  advertising_withdrawn: 'Saved. We no longer send you news and offers.',
  not_saved: 'We couldn’t save this. Nothing was changed. Try again.',
  address_confirmed: 'Your address is confirmed. You can sign in with it.',
}

/** The texts of link-form.tsx, reset-form.tsx and confirm-form.tsx. */
export const credentialsWords = {
  eMail: 'E-mail',
  sendLink: 'Send link',
  newPassword: `New password, at least ${shortestPassword} characters`,
  setPassword: 'Set new password',
  confirmAddress: 'Confirm address',
  anotherLink: 'Request another link',
  signIn: 'Sign in',
}

/** The texts of change-forms.tsx. */
export const changeWords = {
  changePassword: 'Change password',
  changeAddress: 'Change e-mail address',
  currentPassword: 'Current password',
  newAddress: 'New e-mail address',
  noPassword: 'Forgot your password?',
}

/** The texts of own-advertising.tsx. */
export const advertisingWords = {
  advertising: 'News and offers',
  isGiven: 'You agreed to news and offers by e-mail.',
  isNotGiven: 'You get e-mails about your orders only.',
  agree: 'Send me news and offers',
  withdraw: 'Stop news and offers',
}
