import type { MailKind } from '@/lib/domain/mail/mail'

/** The kinds of e-mail, as staff name them. */
export const mailKindWords: Record<MailKind, string> = {
  order_placed: 'Order confirmation',
  order_ready: 'Ready to collect',
  order_sent: 'Order sent',
  order_reduced: 'Order changed',
  order_cancelled: 'Order cancelled',
  order_refunded: 'Refund',
  payment_declined: 'Payment declined',
  payment_reminder: 'Payment reminder',
  withdrawal_received: 'Withdrawal received',
  confirm_address: 'Confirmation of an address',
  reset_password: 'Password reset',
  change_address: 'Change of an address',
  staff_invitation: 'Invitation',
  waitlist_confirm: 'Confirmation of a waitlist',
  waitlist_offer: 'Reservation for a waitlist',
  shop_answered: 'Answer to a question',
}

const attempts = (count: number) => (count === 1 ? '1 attempt' : `${count} attempts`)

/** The texts of mail-list.tsx. */
export const mailListWords = {
  allSent: 'No e-mail has failed.',
  willBeSentAgain: 'The selected e-mails will be sent again.',
  select: (kind: string, number: number) => `Select: ${kind}, order ${number}`,
  toAccount: 'Its link is no longer kept. The person can ask for another one.',
  order: (number: number) => `Order ${number}`,
  gaveUp: (count: number) => `Failed after ${attempts(count)}.`,
  triesAgain: (count: number) => `${attempts(count)} so far. It is tried again automatically.`,
  sendSelectedAgain: 'Send selected again',
}
