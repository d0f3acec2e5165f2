import { createHmac, timingSafeEqual } from 'node:crypto'

/** The keys of a project's API. These are the well-known ones of every local Supabase: no secret at all. */
export const JWT_SECRET = 'super-secret-jwt-token-with-at-least-32-characters-long'

export const KEYS = {
  publishable: 'sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH',
  secret: 'sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz',
  anonJwt: signJwt({ iss: 'supabase-demo', role: 'anon', exp: 1983812996 }),
  serviceRoleJwt: signJwt({ iss: 'supabase-demo', role: 'service_role', exp: 1983812996 }),
}

/** A token of ours, HS256. `exp` is in seconds since 1970. */
export function signJwt(claims: Record<string, unknown>): string {
  const body = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${body}.${signature(body)}`
}

/** The claims of a token we signed and that has not expired; null for anything else. */
export function verifyJwt(token: string): Record<string, unknown> | null {
  const [header, payload, signed, ...rest] = token.split('.')
  if (!header || !payload || !signed || rest.length > 0) return null
  const expected = Buffer.from(signature(`${header}.${payload}`))
  const given = Buffer.from(signed)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null
  const claims: Record<string, unknown> = JSON.parse(Buffer.from(payload, 'base64url').toString())
  return typeof claims.exp === 'number' && claims.exp * 1000 <= Date.now() ? null : claims
}

function signature(body: string): string {
  return createHmac('sha256', JWT_SECRET).update(body).digest('base64url')
}
