import 'server-only'
import { createServerClient } from '@supabase/ssr'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { cookies, headers } from 'next/headers'
import { connection } from 'next/server'
import { cameOverHttps } from '@/lib/server/http/request'
import { onBehalfOf } from '@/lib/server/network/on-behalf-of'
import { inTime } from '@/lib/server/resilience/in-time'
import { createSteadyFetch, steadyFetch } from '@/lib/server/resilience/steady-fetch'
import { staffLimits } from '@/lib/server/resilience/time-limits'
import { sessionCookieOptions } from '@/lib/server/session/session-refresh'
import type { Database } from '@/supabase/database.types'
import { publicSettings, secretKey } from './env'

export type Supabase = SupabaseClient<Database>

const withoutSession = {
  auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  // The library would repeat failed reads for seven seconds.
  db: { retry: false },
  global: { fetch: steadyFetch },
}

/** How long an expired session is waited for, in milliseconds. */
const sessionMs = 3_000

/** For staff and the commands, whose lists are longer; a signed-in shopper waits for none of them. */
const staffFetch = createSteadyFetch(staffLimits)

/**
 * The shop itself, past row level security: for what no person may do, for guests, who are known by the token that goes
 * along with the call, and for the public catalogue. Keeps nothing, so it is kept.
 */
export function secretClient(): Supabase {
  shop ??= createClient<Database>(publicSettings().supabaseUrl, secretKey(), withoutSession)
  return shop
}
let shop: Supabase | undefined

/**
 * A client that nobody is signed in to, and whose sessions are in memory alone: for calls of Auth that must not touch the
 * cookies of this browser.
 *
 * @param address the client's address, as for `sessionClient`.
 */
export function passingClient(address: string | null): Supabase {
  const { key, headers: forwarded } = onBehalfOf(address)
  return createClient<Database>(publicSettings().supabaseUrl, key, {
    ...withoutSession,
    global: { ...withoutSession.global, headers: forwarded },
  })
}

/**
 * The signed-in user's client, from the request's cookies. One per request: never keep it.
 *
 * @param address the client's address, for sign-in calls: Auth's limits then count the client, not the shop.
 */
export async function sessionClient(address: string | null = null): Promise<Supabase> {
  // A session is checked against the clock, so what asks for one is rendered per request.
  await connection()
  const { supabaseUrl } = publicSettings()
  const store = await cookies()
  const { key, headers: forwarded } = onBehalfOf(address)
  const client = createServerClient<Database>(supabaseUrl, key, {
    cookieOptions: sessionCookieOptions(cameOverHttps(await headers())),
    db: { retry: false },
    global: { fetch: staffFetch, headers: forwarded },
    cookies: {
      getAll: () => store.getAll(),
      setAll(fresh) {
        try {
          for (const { name, value, options } of fresh) store.set(name, value, options)
        } catch {
          // A server component may not write cookies; proxy.ts refreshes the session before it renders.
        }
      },
    },
  })
  // Where Auth does not answer, an expired session is not waited for by each call in turn.
  await inTime(client.auth.getSession(), sessionMs)
  return client
}
