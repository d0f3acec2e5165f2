import 'server-only'
import { carriesSession } from '@/lib/server/session/session-refresh'

interface Asked {
  method: string
  headers: Headers
  nextUrl: { pathname: string }
  cookies: { getAll(): { name: string; value: string }[] }
}

/**
 * Cache headers that let the browser keep an open page for its back button. Next forbids that for every page by
 * `no-store`. Shop pages may be kept where nobody is signed in: no cache stores them (`Vary: *` matches nothing), and a
 * restored page catches up before it can be used (docs/live.md). Pages that know a name or an address, and all pages of
 * signed-in users, stay `no-store`.
 */
export function backButtonHeaders({ method, headers, nextUrl, cookies }: Asked): Record<string, string> {
  const isPage = method === 'GET' && headers.get('sec-fetch-dest') === 'document'
  const isWindow = /^\/($|(category|products)\/|search$)/.test(nextUrl.pathname)
  if (!isPage || !isWindow || carriesSession(cookies.getAll())) return {}
  return { 'cache-control': 'private, no-cache', vary: '*' }
}
