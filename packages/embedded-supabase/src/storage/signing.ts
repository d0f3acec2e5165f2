import { signJwt, verifyJwt } from '#keys'
import { refusals } from './errors'

/** A token for one object, until a time. A token for an upload says whether it may replace an object. */
export function signObject(
  url: string,
  seconds: number,
  upload?: { upsert: boolean; owner: unknown },
): string {
  const iat = Math.floor(Date.now() / 1000)
  return signJwt({ url, iat, exp: iat + seconds, ...upload })
}

/** The claims of a token that was signed for this object. Throws a refusal for any other. */
export function verifyObject(token: string | null, url: string): Record<string, unknown> {
  if (!token) throw refusals.invalidRequest("querystring must have required property 'token'")
  const claims = claimsOf(token)
  if (!claims) throw refusals.expired()
  if (claims.url !== url) throw refusals.invalidSignature()
  return claims
}

function claimsOf(token: string): Record<string, unknown> | null {
  try {
    return verifyJwt(token)
  } catch {
    return null
  }
}
