import 'server-only'

interface Page {
  /** A new nonce for every response. */
  nonce: string
  /** The project's URL: the browser talks to it over HTTP and over a websocket. */
  supabaseUrl: string
  https: boolean
  /** `next dev` evaluates code and writes style elements; a build never does. */
  development: boolean
}

/**
 * The content security policy: sources a page may load and targets it may send to. Scripts run only with the nonce (or
 * when such a script loads them), so injected markup stays text. Style attributes are allowed: React writes them, and
 * they run nothing.
 */
export function contentSecurityPolicy({ nonce, supabaseUrl, https, development }: Page): string {
  const api = new URL(supabaseUrl).origin
  const directives = [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? ` 'unsafe-eval'` : ''}`,
    development ? `style-src 'self' 'unsafe-inline'` : `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-inline'`,
    // Imported products keep their pictures at the address the file names.
    `img-src 'self' data: https:`,
    `font-src 'self'`,
    `connect-src 'self' ${api} ${api.replace(/^http/, 'ws')}`,
    `worker-src 'self'`,
    `frame-ancestors 'none'`,
    `base-uri 'self'`,
    `form-action 'self'`,
    `object-src 'none'`,
  ]
  if (https) directives.push('upgrade-insecure-requests')
  return directives.join('; ')
}
