import 'server-only'

interface Page {
  /** A new nonce for every response. */
  nonce: string
  /** The project's URL: the browser talks to it over HTTP and over a websocket. */
  supabaseUrl: string
  https: boolean
  /** Where a page of payment may load Stripe's script and frames from, and talk to; null for every other page. */
  stripe?: { script: string; api: string } | null
  /** `next dev` evaluates code and writes style elements; a build never does. */
  development: boolean
}

/**
 * The content security policy: sources a page may load and targets it may send to. Scripts run only with the nonce (or
 * when such a script loads them), so injected markup stays text. Style attributes are allowed: React writes them, and
 * they run nothing.
 */
export function contentSecurityPolicy({ nonce, supabaseUrl, https, stripe, development }: Page): string {
  const api = new URL(supabaseUrl).origin
  const [script, ...connect] = stripe ? [` ${stripe.script}`, ` ${stripe.api}`] : ['']
  const directives = [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${script}${development ? ` 'unsafe-eval'` : ''}`,
    development ? `style-src 'self' 'unsafe-inline'` : `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-inline'`,
    // Imported products keep their pictures at the address the file names.
    `img-src 'self' data: https:`,
    `font-src 'self'`,
    `connect-src 'self' ${api} ${api.replace(/^http/, 'ws')}${connect.join('')}`,
    ...(stripe ? [`frame-src${script} https://*.js.stripe.com https://hooks.stripe.com`] : []),
    `worker-src 'self'`,
    `frame-ancestors 'none'`,
    `base-uri 'self'`,
    `form-action 'self'`,
    `object-src 'none'`,
  ]
  if (https) directives.push('upgrade-insecure-requests')
  return directives.join('; ')
}
