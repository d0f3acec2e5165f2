import 'server-only'
import { PublicSettings } from '@/lib/domain/core/settings'
import type { OnlineProvider, PaymentProvider } from '@/lib/domain/orders/order'

/**
 * Settings are read when a request needs them, by a computed name: Next would otherwise write NEXT_PUBLIC_*
 * into the build, and one build must serve any Supabase. Throws one sentence that says which variable to set.
 */
function read(name: string): string {
  const value = process.env[name]
  if (!value) {
    throw new Error(
      `${name} is not set. Set it in the environment or .env.local, or run "npm start" without it for the embedded Supabase.`,
    )
  }
  return value
}

/** URL and publishable key: what pages hand to the browser. */
export function publicSettings(): PublicSettings {
  return PublicSettings.parse({
    supabaseUrl: read('NEXT_PUBLIC_SUPABASE_URL'),
    publishableKey: read('NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY'),
  })
}

/** The key that passes row level security. For server code alone. */
export function secretKey(): string {
  return read('SUPABASE_SECRET_KEY')
}

/**
 * The number of our own proxies in front of the shop, each of which adds to x-forwarded-for: TRUSTED_PROXIES, none by
 * default.
 */
export function trustedProxies(): number {
  const proxies = Number(process.env.TRUSTED_PROXIES ?? 0)
  if (!Number.isInteger(proxies) || proxies < 0 || proxies > 10)
    throw new Error(
      'TRUSTED_PROXIES is not a whole number from 0 to 10. Set it to the number of proxies in front of the shop.',
    )
  return proxies
}

/**
 * Whether orders may be paid in the sandbox, where no money moves: only with SANDBOX_PAYMENTS=on, which the embedded
 * Supabase sets. A shop that takes money leaves it unset.
 */
export function offersSandbox(): boolean {
  return process.env.SANDBOX_PAYMENTS === 'on'
}

/** Where the sandbox provider sends its webhooks: this shop, by the address it is known under. */
export function sandboxWebhook(): URL {
  return new URL('/api/payments/sandbox', read('SITE_URL'))
}

/** The address that the shop is known under, where one is set; it names absolute links. */
export function siteAddress(): URL | null {
  return URL.parse(process.env.SITE_URL ?? '')
}

/** The mail server of the shop, the sender, and the address that links in e-mails begin with. */
export interface MailSettings {
  smtpUrl: string
  from: string
  siteUrl: URL
}

/**
 * The settings of e-mail: SMTP_URL, MAIL_FROM and SITE_URL. Null where SMTP_URL is not set: that shop sends no e-mails.
 * Throws one sentence that says which of the others is missing or wrong.
 */
export function mailSettings(): MailSettings | null {
  const { SMTP_URL: smtpUrl, MAIL_FROM: from } = process.env
  if (!smtpUrl) return null
  if (!/^smtps?:$/.test(URL.parse(smtpUrl)?.protocol ?? ''))
    throw new Error('SMTP_URL is not the address of a mail server. Write smtps://user:password@host:465.')
  if (!from || !/^[^@\r\n]*@[^@\r\n]+$/.test(from))
    throw new Error(
      'SMTP_URL is set and MAIL_FROM is not. Set it to the sender: Shop name <orders@example.com>.',
    )
  const siteUrl = siteAddress()
  if (!siteUrl)
    throw new Error(
      'SMTP_URL is set and SITE_URL is not. Set it to the address of the shop, for links in e-mails.',
    )
  return { smtpUrl, from, siteUrl }
}

/** The secret of Auth's Send-Email hook, SEND_EMAIL_HOOK_SECRET; null where Auth sends its own e-mails. */
export function sendEmailHookSecret(): string | null {
  const secret = process.env.SEND_EMAIL_HOOK_SECRET
  if (!secret) return null
  if (!/^v1,whsec_[\w+/=-]+(\|v1,whsec_[\w+/=-]+)*$/.test(secret))
    throw new Error('SEND_EMAIL_HOOK_SECRET is not the secret of a hook. It begins with v1,whsec_.')
  return secret
}

/** The keys of Stripe, and where its API and its script for browsers are. */
export interface StripeSettings {
  secretKey: string
  webhookSecret: string
  publishableKey: string
  apiUrl: URL
  scriptUrl: URL
}

/**
 * The settings of card payments: STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET and STRIPE_PUBLISHABLE_KEY. Null where none is set:
 * that shop takes no cards. STRIPE_API_BASE leads to a fake for tests. Throws one sentence that says which one is missing.
 */
export function stripeSettings(): StripeSettings | null {
  const {
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_PUBLISHABLE_KEY: publishableKey,
    STRIPE_API_BASE: base,
  } = process.env
  if (!secretKey && !webhookSecret && !publishableKey) return null
  if (!secretKey || !webhookSecret || !publishableKey)
    throw new Error(
      'STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET and STRIPE_PUBLISHABLE_KEY belong together. Set all three, or none.',
    )
  if (!/^pk_/.test(publishableKey) || /^pk_/.test(secretKey))
    throw new Error(
      'STRIPE_PUBLISHABLE_KEY begins with pk_, and STRIPE_SECRET_KEY does not. They are mixed up.',
    )
  return {
    secretKey,
    webhookSecret,
    publishableKey,
    apiUrl: new URL(base || 'https://api.stripe.com'),
    scriptUrl: new URL(base ? '/stripe.js' : 'https://js.stripe.com/endive/stripe.js', base || undefined),
  }
}

/** Whether an order that is to be paid by this provider can be paid here now. */
export function canPayBy(provider: PaymentProvider): boolean {
  return provider === 'stripe' ? stripeSettings() !== null : provider === 'sandbox' && offersSandbox()
}

/** How orders are paid online: by card, in the sandbox, or (null) not at all. */
export function onlineProvider(): OnlineProvider | null {
  if (stripeSettings()) return 'stripe'
  return offersSandbox() ? 'sandbox' : null
}
