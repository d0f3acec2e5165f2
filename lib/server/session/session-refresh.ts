import 'server-only'
import { type CookieOptions, createServerClient } from '@supabase/ssr'
import { onBehalfOf } from '@/lib/server/network/on-behalf-of'
import { publicSettings } from '@/lib/server/platform/env'
import { inTime } from '@/lib/server/resilience/in-time'
import { steadyFetch } from '@/lib/server/resilience/steady-fetch'

interface Cookie {
  name: string
  value: string
}

/** The headers a refreshed session adds to the response; empty when nothing was refreshed. */
export interface SessionRefresh {
  cookies: (Cookie & { options: CookieOptions })[]
  headers: Record<string, string>
}

/** How long a page waits for a fresh session, in milliseconds. */
const refreshMs = 3_000

/** No script can read the session; the live connection asks a server action for its access token instead. */
export function sessionCookieOptions(https: boolean): CookieOptions {
  return { httpOnly: true, secure: https }
}

/** Whether the request carries a session at all. Where it does not, Auth is never asked. */
export function carriesSession(cookies: Cookie[]): boolean {
  return cookies.some(({ name }) => /^sb-.+-auth-token(\.\d+)?$/.test(name))
}

/**
 * Refreshes an expired session. The only place that does before a page: a refresh token works once, so a second refresher
 * in the same request would sign the person out. It proves nobody's identity; lib/server/session/session.ts does.
 */
export async function refreshSession(
  cookies: Cookie[],
  https: boolean,
  address: string | null = null,
): Promise<SessionRefresh> {
  const refresh: SessionRefresh = { cookies: [], headers: {} }
  if (!carriesSession(cookies)) return refresh

  const { key, headers: forwarded } = onBehalfOf(address)
  const client = createServerClient(publicSettings().supabaseUrl, key, {
    cookieOptions: sessionCookieOptions(https),
    global: { fetch: steadyFetch, headers: forwarded },
    cookies: {
      getAll: () => cookies,
      setAll(fresh, headers) {
        refresh.cookies = fresh
        refresh.headers = headers
      },
    },
  })
  // Asks Auth only when the access token is about to expire. An unreachable Auth keeps the cookies as they are.
  // The library repeats a failed refresh for half a minute; no page waits that long.
  await inTime(client.auth.getSession(), refreshMs).catch(() => null)
  return { ...refresh }
}
