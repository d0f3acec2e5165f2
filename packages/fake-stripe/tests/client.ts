import { type FakeStripe, startFakeStripe } from 'fake-stripe'
import Stripe from 'stripe'

/** An official client of a fake. */
export function clientOf({ url, secretKey }: FakeStripe): Stripe {
  const { hostname, port } = new URL(url)
  return new Stripe(secretKey, {
    host: hostname,
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    timeout: 2_000,
    telemetry: false,
  })
}

/** A fake and its client, for one test. */
export async function withFake(work: (fake: FakeStripe, stripe: Stripe) => Promise<void>): Promise<void> {
  const fake = await startFakeStripe()
  try {
    await work(fake, clientOf(fake))
  } finally {
    await fake.stop()
  }
}

export const order = {
  amount: 3600,
  currency: 'eur',
  capture_method: 'manual',
  allowed_payment_method_types: ['card'],
  metadata: { order: '1001' },
} satisfies Stripe.PaymentIntentCreateParams
