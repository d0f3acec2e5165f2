/** The texts of order-money.tsx. */
export const orderMoneyWords = {
  money: 'Money',
  discount: 'Discount',
  delivery: 'Delivery',
  orderTotal: 'Order total',
  afterCancellations: 'After cancellations',
  refunded: 'Refunded',
  ofIt: 'of',
  takeInCash: (due: string) => `Take ${due} in cash`,
  takeByCard: (due: string) => `Take ${due} by card`,
  ifUnpaidThisOrderIs: 'If unpaid, this order is cancelled at',
  confirmTheOrderToKeep: '. Confirm the order to keep it until it is collected.',
  confirmOrder: 'Confirm order',
}

/** The texts of payment-troubles.tsx. */
export const paymentTroublesWords = {
  stripeRefuses:
    'A step of this payment failed at Stripe. Read Stripe’s response below, correct the cause, then try again.',
  tryAgain: 'Try again',
  onlyManagersCanTryAgain: 'Only managers can try again.',
  answerInStripe:
    'Answer the dispute in the Stripe dashboard before its deadline. This page updates when it is closed.',
  authorisationEnded:
    'The authorisation of the card ended before the money was captured, and goods were handed over. Ask the customer to pay.',
}

/** The texts of refund-more.tsx. */
export const refundMoreWords = {
  refundAnAmount: 'Refund an amount',
  upTo: (money: string) => `Up to ${money}. Items stay as they are; returned items have their own refund.`,
  amount: (currency: string) => `Amount (${currency})`,
  reason: 'Reason',
  refund: 'Refund',
  done: 'Refund recorded.',
}
