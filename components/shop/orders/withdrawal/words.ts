import type { WithdrawalAttempt } from '@/lib/domain/orders/order-request'

/** The texts of the withdrawal page and of the link to it. */
export const withdrawalWords = {
  linkToPage: 'Withdraw from the contract',
  withdraw: 'Withdraw from the contract',
  order: (number: number) => `Order ${number}`,
  days: (days: number) =>
    `You can withdraw from the contract without giving a reason until ${days} days after you receive the goods.`,
  statement: 'I withdraw from the contract for the sale of the goods of this order.',
  name: 'Name',
  orderedOn: 'Ordered on',
  confirmationGoesTo: 'Confirmation goes to',
  items: 'Only these items (optional)',
  itemsHint: 'Leave this empty to withdraw from the whole order.',
  confirm: 'Confirm withdrawal',
  waits:
    'You withdrew from the contract. We sent you an e-mail with the date and time, and will write to you about the return.',
  nothingLeft: 'Nothing of this order is left to withdraw from.',
}

/** The message about a withdrawal that was not saved. */
export const attemptWords: Record<WithdrawalAttempt['withdrawal'], string> = {
  too_long: 'The text is too long. Use one line of at most 500 characters.',
  refused: 'Your withdrawal was not saved. Reload the page, and try again.',
}
