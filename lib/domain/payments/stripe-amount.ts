// Stripe's minor units are those of the currency, but for two, which it counts in hundredths although nobody pays them.
// https://docs.stripe.com/currencies#special-cases
const inHundredths = ['ISK', 'UGX']

/** An amount in minor units of the currency, as Stripe counts it. */
export function toStripeAmount(minor: number, currency: string): number {
  return minor * factorOf(currency)
}

/** An amount of Stripe in minor units of the currency. */
export function fromStripeAmount(amount: number, currency: string): number {
  return amount / factorOf(currency)
}

function factorOf(currency: string): number {
  return inHundredths.includes(currency.toUpperCase()) ? 100 : 1
}
