import 'server-only'
import { createServerClient } from '@supabase/ssr'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { cookies, headers } from 'next/headers'
import { connection } from 'next/server'
import type { Database } from '@/supabase/database.types'
import { publicSettings, secretKey } from './env'
import { onBehalfOf } from './on-behalf-of'
import { cameOverHttps } from './request'
import { sessionCookieOptions } from './session-refresh'
import { steadyFetch } from './steady-fetch'

export type Supabase = SupabaseClient<Database>

const withoutSession = {
  auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  global: { fetch: steadyFetch },
}

/** A shopper's view without a session: for cached reads, which must never see a cookie. Keeps nothing, so it is kept. */
export function anonClient(): Supabase {
  if (anon) return anon
  const { supabaseUrl, publishableKey } = publicSettings()
  anon = createClient<Database>(supabaseUrl, publishableKey, withoutSession)
  return anon
}
let anon: Supabase | undefined

/**
 * The shop itself, past row level security: for what nobody in front of a screen may do, and for guests, who are whoever
 * has the token that goes along with the call. Keeps nothing, so it is kept.
 */
export function secretClient(): Supabase {
  shop ??= createClient<Database>(publicSettings().supabaseUrl, secretKey(), withoutSession)
  return shop
}
let shop: Supabase | undefined

/**
 * The signed-in person's view, from the request's cookies. One per request: never keep it.
 *
 * @param address the client's address, for calls that sign somebody in: Auth's limits then count the client, not the shop.
 */
export async function sessionClient(address: string | null = null): Promise<Supabase> {
  // A session is checked against the clock, so what asks for one is rendered per request.
  await connection()
  const { supabaseUrl } = publicSettings()
  const store = await cookies()
  const { key, headers: forwarded } = onBehalfOf(address)
  return createServerClient<Database>(supabaseUrl, key, {
    global: { headers: forwarded },
    cookieOptions: sessionCookieOptions(cameOverHttps(await headers())),
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
}
