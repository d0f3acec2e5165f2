import 'server-only'
import { carriesSession } from '@/lib/server/session/session-refresh'

interface Asked {
  method: string
  headers: Headers
  nextUrl: { pathname: string }
  cookies: { getAll(): { name: string; value: string }[] }
}

/**
 * What a response says so that the browser may hold the open page, as it is, for its back button. Next forbids that of
 * every page by `no-store`. Where nobody is signed in the shop's windows may be held: no cache stores them either (a
 * varying that nothing matches), and what comes back catches up before it can be used (docs/live.md). Pages that know
 * a name or an address, and all of somebody signed in, stay `no-store`.
 */
export function backButtonHeaders({ method, headers, nextUrl, cookies }: Asked): Record<string, string> {
  const isPage = method === 'GET' && headers.get('sec-fetch-dest') === 'document'
  const isWindow = /^\/($|(category|products)\/|search$)/.test(nextUrl.pathname)
  if (!isPage || !isWindow || carriesSession(cookies.getAll())) return {}
  return { 'cache-control': 'private, no-cache', vary: '*' }
}
