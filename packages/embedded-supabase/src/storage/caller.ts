import type { IncomingHttpHeaders } from 'node:http'
import { KEYS, verifyJwt } from '#keys'
import { refusals } from './errors'

/** The role that a request acts as, with the claims that policies read. */
export interface Caller {
  role: 'anon' | 'authenticated' | 'service_role'
  claims: Record<string, unknown>
}

export const SERVICE: Caller = { role: 'service_role', claims: { role: 'service_role' } }
const ANON: Caller = { role: 'anon', claims: { role: 'anon' } }

/** The caller of a request: its bearer token before its key, as behind Supabase's gateway. Null without either. */
export function callerOf(headers: IncomingHttpHeaders): Caller | null {
  const bearer = /^Bearer\s+(.+)$/i.exec(headers.authorization ?? '')?.[1]
  const given = bearer?.startsWith('ey') ? bearer : (headers.apikey ?? bearer)
  if (given === undefined || Array.isArray(given)) return null
  if (given === KEYS.secret) return SERVICE
  if (given === KEYS.publishable) return ANON
  const claims = verifyJwt(given)
  if (!claims) throw refusals.denied('Invalid Compact JWS')
  if (claims.role === 'service_role' || claims.role === 'authenticated') return { role: claims.role, claims }
  return { role: 'anon', claims }
}

export function requireCaller(headers: IncomingHttpHeaders): Caller {
  const caller = callerOf(headers)
  if (!caller) throw refusals.invalidRequest("headers must have required property 'authorization'")
  return caller
}
