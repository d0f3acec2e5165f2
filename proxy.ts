import { type NextRequest, NextResponse } from 'next/server'
import { backButtonHeaders } from '@/lib/server/http/back-button'
import { contentSecurityPolicy } from '@/lib/server/http/content-security-policy'
import { readableAddress } from '@/lib/server/http/readable-address'
import { askedPathHeader, cameOverHttps } from '@/lib/server/http/request'
import { addressIn } from '@/lib/server/network/client-network'
import { publicSettings } from '@/lib/server/platform/env'
import { refreshSession } from '@/lib/server/session/session-refresh'

/** Before every page: a policy with a fresh nonce, and the session refreshed where there is one. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const readable = readableAddress(request.nextUrl)
  if (readable) return NextResponse.redirect(new URL(readable, request.url), 308)
  const https = cameOverHttps(request.headers, request.nextUrl.protocol)
  const policy = contentSecurityPolicy({
    nonce: crypto.randomUUID(),
    supabaseUrl: publicSettings().supabaseUrl,
    https,
    development: process.env.NODE_ENV === 'development',
  })
  const refresh = await refreshSession(request.cookies.getAll(), https, addressIn(request.headers))
  for (const { name, value } of refresh.cookies) request.cookies.set(name, value)

  // Next reads the nonce from the request's policy; the page must see the refreshed cookies, not the spent ones.
  const forwarded = new Headers(request.headers)
  forwarded.set('content-security-policy', policy)
  forwarded.set(askedPathHeader, request.nextUrl.pathname + request.nextUrl.search)
  const response = NextResponse.next({ request: { headers: forwarded } })

  response.headers.set('content-security-policy', policy)
  for (const [name, value] of Object.entries(backButtonHeaders(request))) response.headers.set(name, value)
  if (https) response.headers.set('strict-transport-security', 'max-age=31536000')
  for (const { name, value, options } of refresh.cookies) response.cookies.set(name, value, options)
  for (const [name, value] of Object.entries(refresh.headers)) response.headers.set(name, value)
  return response
}

export const config = {
  // Everything but files, the comparisons of open pages (app/(shop)/shelf), and the three forms that are posted to a route
  // (lib/server/http/posted-form.ts): they carry no page, and in a route the session refreshes itself. Each ends where its
  // address does, so that no page is left without a policy.
  matcher: [
    '/((?!_next/static/|_next/image$|art/[^/]+\\.svg$|favicon\\.ico$|icon\\.svg$|robots\\.txt$|sitemap\\.xml$|staff/counts/worker\\.js$|shelf$|cart/add$|checkout/place$|staff/import/upload$).*)',
  ],
}
