import 'server-only'
import type { Exchange } from '@/lib/server/resilience/exchange'
import { cartCookie, isSecret, newSecret, secretCookie } from '@/lib/server/session/cart-cookie'
import { isOurs } from './posted-form'
import { cameOverHttps } from './request'

const path = '/cart/add'
const sentAgain = `${path}?again`
const sentCookie = new RegExp(`(?:^|;\\s*)${cartCookie}=([^;]*)`)

/**
 * Answers the first "Add to cart" of a browser without a cart cookie: with the cookie, and 307, which sends the same form
 * again (docs/decisions/0043). Before Next sees it, so that it costs a guest next to nothing. False for every other request.
 */
export function offerCartCookie({ request, response }: Pick<Exchange, 'request' | 'response'>): boolean {
  if (request.method !== 'POST' || request.url !== path) return false
  const [, sent] = sentCookie.exec(request.headers.cookie ?? '') ?? []
  const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  if (isSecret(sent) || !isOurs({ headers })) return false
  const { maxAge, sameSite } = secretCookie
  const attributes = ['Path=/', `Max-Age=${maxAge}`, 'HttpOnly', `SameSite=${sameSite}`]
  if (cameOverHttps(headers)) attributes.push('Secure')
  response.writeHead(307, {
    location: sentAgain,
    'set-cookie': [`${cartCookie}=${newSecret()}`, ...attributes].join('; '),
    'cache-control': 'private, no-store',
    'content-length': 0,
  })
  response.end()
  return true
}
