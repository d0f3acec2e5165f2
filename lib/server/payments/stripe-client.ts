import 'server-only'
import Stripe from 'stripe'
import { type StripeSettings, stripeSettings } from '@/lib/server/platform/env'

/** A page waits no longer for Stripe; the worker asks again. */
const answerMs = 8_000

const clients = new Map<string, Stripe>()

/** The official client with the shop's secret key; null where the shop takes no cards. */
export function stripeClient(settings = stripeSettings()): Stripe | null {
  if (!settings) return null
  const key = `${settings.apiUrl.href} ${settings.secretKey}`
  const client = clients.get(key) ?? makeClient(settings)
  clients.set(key, client)
  return client
}

function makeClient({ secretKey, apiUrl }: StripeSettings): Stripe {
  const isSecure = apiUrl.protocol === 'https:'
  return new Stripe(secretKey, {
    host: apiUrl.hostname,
    port: apiUrl.port || (isSecure ? 443 : 80),
    protocol: isSecure ? 'https' : 'http',
    timeout: answerMs,
    // A request that was not answered is asked for again by the worker, after it has looked.
    maxNetworkRetries: 0,
    telemetry: false,
  })
}

/** The code of an error that Stripe answered with: `resource_missing`. */
export function codeOf(cause: unknown): string | undefined {
  return cause instanceof Stripe.errors.StripeError ? cause.code : undefined
}
