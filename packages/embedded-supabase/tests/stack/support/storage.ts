import { createClient } from '@supabase/supabase-js'
import { KEYS, signJwt } from '#keys'

export const API = process.env.API_URL ?? ''

/** Storage with this key, and with the token of a session. */
export function as(key: string, token?: string) {
  return createClient(API, key, {
    auth: { persistSession: false, autoRefreshToken: false },
    ...(token && { accessToken: async () => token }),
  }).storage
}

/** A signed-in user of Storage. */
export function member() {
  const id = crypto.randomUUID()
  const token = signJwt({ role: 'authenticated', sub: id, exp: 4_000_000_000 })
  return { id, token, storage: as(KEYS.publishable, token) }
}

export const outsider = as(KEYS.publishable)
export const service = as(KEYS.secret)
