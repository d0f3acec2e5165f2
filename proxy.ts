import { type NextRequest, NextResponse } from 'next/server'
import { publicCacheControl } from '@/lib/domain/pages/page-life'
import { contentSecurityPolicy } from '@/lib/server/http/content-security-policy'
import { readableAddress } from '@/lib/server/http/readable-address'
import { askedPathHeader, cameOverHttps } from '@/lib/server/http/request'
import { addressIn } from '@/lib/server/network/client-network'
import { isPublicPath } from '@/lib/server/pages/public-address'
import { publicSettings, stripeSettings } from '@/lib/server/platform/env'
import { refreshSession } from '@/lib/server/session/session-refresh'

/**
 * Before every page: a policy with a fresh nonce. A public page is rendered without cookies and may be kept by every cache
 * (docs/decisions/0041); before any other page the session is refreshed, where there is one.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const readable = readableAddress(request.nextUrl)
  if (readable) return NextResponse.redirect(new URL(readable, request.url), 308)
  const https = cameOverHttps(request.headers, request.nextUrl.protocol)
  const policy = contentSecurityPolicy({
    nonce: crypto.randomUUID(),
    supabaseUrl: publicSettings().supabaseUrl,
    https,
    stripe: stripeFor(request.nextUrl.pathname),
    development: process.env.NODE_ENV === 'development',
  })
  const isPublic = ['GET', 'HEAD'].includes(request.method) && isPublicPath(request.nextUrl.pathname)
  const cookies = isPublic ? [] : request.cookies.getAll()
  const refresh = await refreshSession(cookies, https, addressIn(request.headers))
  for (const { name, value } of refresh.cookies) request.cookies.set(name, value)

  // Next reads the nonce from the request's policy; the page must see the refreshed cookies, not the spent ones.
  const forwarded = new Headers(request.headers)
  if (isPublic) forwarded.delete('cookie')
  forwarded.set('content-security-policy', policy)
  forwarded.set(askedPathHeader, request.nextUrl.pathname + request.nextUrl.search)
  const response = NextResponse.next({ request: { headers: forwarded } })

  response.headers.set('content-security-policy', policy)
  if (isPublic) response.headers.set('cache-control', publicCacheControl)
  if (https) response.headers.set('strict-transport-security', 'max-age=31536000')
  for (const { name, value, options } of refresh.cookies) response.cookies.set(name, value, options)
  for (const [name, value] of Object.entries(refresh.headers)) response.headers.set(name, value)
  return response
}

/** Stripe is let into the pages on which an order is paid, and into no other. */
function stripeFor(path: string) {
  const settings = /^\/orders\/[^/]+\/pay$/.test(path) ? stripeSettings() : null
  return settings && { script: settings.scriptUrl.origin, api: settings.apiUrl.origin }
}

export const config = {
  // Everything but files, the comparisons of open pages (app/(shop)/shelf), the server's reports, and the four forms that
  // are posted to a route (lib/server/http/posted-form.ts): they carry no page, and in a route the session refreshes
  // itself. Each ends where its address does, so that no page is left without a policy.
  matcher: [
    '/((?!_next/static/|_next/image$|art/[^/]+\\.svg$|pictures/[^/]+\\.webp$|no-picture\\.svg$|favicon\\.ico$|icon\\.svg$|robots\\.txt$|llms\\.txt$|sitemap\\.xml$|sitemaps/[^/]+\\.xml$|feeds/[^/]+\\.xml$|staff/counts/worker\\.js$|offline\\.js$|shelf$|healthz$|readyz$|metrics$|cart/add$|checkout/place$|staff/import/upload$|staff/products/pictures$).*)',
  ],
}
