/** How a card behaves when a payment is confirmed with it. */
export type CardOutcome =
  | { kind: 'authorised'; isDisputed?: true }
  | { kind: 'challenge' }
  | { kind: 'declined'; code: string; declineCode: string; message: string }

const declined = (declineCode: string, message: string, code = 'card_declined'): CardOutcome => ({
  kind: 'declined',
  code,
  declineCode,
  message,
})

const generic = declined('generic_decline', 'Your card was declined.')

/** The test cards of Stripe's documentation that a shop has to tell apart, by number and by payment method. */
const cards: Record<string, CardOutcome> = {
  4242424242424242: { kind: 'authorised' },
  4000000000000002: generic,
  4000000000009995: declined('insufficient_funds', 'Your card has insufficient funds.'),
  4000000000000069: declined('expired_card', 'Your card has expired.', 'expired_card'),
  4000002500003155: { kind: 'challenge' },
  4000000000000259: { kind: 'authorised', isDisputed: true },
  pm_card_visa: { kind: 'authorised' },
  pm_card_chargeDeclined: generic,
  pm_card_visa_chargeDeclined: generic,
  pm_card_chargeDeclinedInsufficientFunds: declined(
    'insufficient_funds',
    'Your card has insufficient funds.',
  ),
  pm_card_authenticationRequired: { kind: 'challenge' },
  pm_card_createDispute: { kind: 'authorised', isDisputed: true },
}

/** The outcome of a card; null for a number or payment method that is no test card. */
export function outcomeOf(numberOrMethod: string): CardOutcome | null {
  return cards[numberOrMethod.replaceAll(' ', '')] ?? null
}
