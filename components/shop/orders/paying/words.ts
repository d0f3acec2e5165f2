/** The texts of card-form.tsx. */
export const cardFormWords = {
  payForOrder: 'Payment for order',
  chargedWhenSecured: 'Your items are reserved until',
  youPayOnlyWhen: 'Your card is charged only when your order is confirmed.',
  loading:
    'Loading the card form … It needs JavaScript. Without it, cancel this order, and choose collection and “Pay when you collect”.',
  pay: (money: string) => `Pay ${money}`,
  paying: 'Paying …',
  broken:
    'The card form could not be loaded. Your items stay reserved. Check the connection, then reload the page.',
  tryAgain: 'You were not charged. Check the card details, or use another card.',
  noAnswer: 'Your bank has not responded yet. Your order page shows when it is paid.',
  closed: 'This order can’t be paid online now.',
  viewOrder: 'View order',
  cancelInstead: 'Cancel this order instead',
}
