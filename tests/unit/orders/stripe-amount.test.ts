import { expect, test } from 'vitest'
import { fromStripeAmount, toStripeAmount } from '@/lib/domain/payments/stripe-amount'

test.each([
  ['EUR', 3600, 3600],
  ['JPY', 500, 500],
  ['KWD', 5120, 5120],
  ['ISK', 500, 50_000],
])('an amount in %s is what Stripe counts, and comes back as it was', (currency, minor, amount) => {
  expect(toStripeAmount(minor, currency)).toBe(amount)
  expect(fromStripeAmount(amount, currency.toLowerCase())).toBe(minor)
})
