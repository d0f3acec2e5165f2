import { createHmac, timingSafeEqual } from 'node:crypto'
import { isObject } from './wire'

export type Claims = { role: string; exp: number } & Record<string, unknown>

export type TokenFault =
  | { code: 'MalformedJWT'; text: string }
  | { code: 'InvalidJWTToken'; text: string; isExpired: boolean }
  | { code: 'JwtSignatureError'; text: string }
  | { code: 'JwtSignerError'; text: string }

export type Verdict = { ok: true; claims: Claims } | { ok: false; fault: TokenFault }

const digests: Record<string, string> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' }

/** Checks signature, then claims, as the server does. `nowInS` and `exp` are seconds since 1970. */
export function verifyToken(token: string, secret: string, nowInS: number): Verdict {
  const [head, body, signature, ...rest] = decodeURIComponentSafely(token).replace(/\s+/g, '').split('.')
  const header = parsePart(head)
  const claims = parsePart(body)
  if (!header || !claims || !signature || rest.length > 0 || typeof header.alg !== 'string') return malformed
  const digest = digests[header.alg]
  if (!digest) return unsignable(header.kid)
  const expected = createHmac(digest, secret).update(`${head}.${body}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return forged
  return checkClaims(claims, nowInS)
}

function checkClaims(claims: Record<string, unknown>, nowInS: number): Verdict {
  const { role, exp, iat } = claims
  const iatIsSound = iat === undefined || typeof iat === 'number'
  if (typeof role !== 'string' || typeof exp !== 'number' || !iatIsSound) return incomplete
  const secondsAgo = Math.floor(nowInS - Math.round(exp))
  if (secondsAgo >= 0) return expired(secondsAgo)
  return { ok: true, claims: { ...claims, role, exp: Math.round(exp) } }
}

/** The server's message for a token that expired `secondsAgo`. */
export function expired(secondsAgo: number): Verdict & { ok: false } {
  const text = `Token has expired ${secondsAgo} seconds ago`
  return { ok: false, fault: { code: 'InvalidJWTToken', text, isExpired: true } }
}

const malformed: Verdict = {
  ok: false,
  fault: { code: 'MalformedJWT', text: 'The token provided is not a valid JWT' },
}

const forged: Verdict = {
  ok: false,
  fault: { code: 'JwtSignatureError', text: 'Failed to validate JWT signature' },
}

const incomplete: Verdict = {
  ok: false,
  fault: { code: 'InvalidJWTToken', text: 'Fields `role` and `exp` are required in JWT', isExpired: false },
}

function unsignable(kid: unknown): Verdict {
  const key = typeof kid === 'string' ? ` for key ID (kid) "${kid}"` : ''
  const text = `Failed to generate JWT signer${key}, check your JWT secret or JWKS configuration`
  return { ok: false, fault: { code: 'JwtSignerError', text } }
}

function parsePart(part: string | undefined): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'))
    return isObject(parsed) ? parsed : null
  } catch {
    return null
  }
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
