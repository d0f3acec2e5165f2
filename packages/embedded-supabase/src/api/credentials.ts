import { KEYS, verifyJwt } from '#keys'

/**
 * Rewrites the credentials of a request into the one form the Data API and Auth understand: a publishable or
 * secret key as `apikey`. Accepted as Supabase's gateway does: either key, or a legacy JWT key signed with
 * the JWT secret, as `apikey` header or parameter, or alone as `Authorization: Bearer`.
 */
export function translateCredentials(headers: Headers, url: URL): void {
  const bearer = /^Bearer\s+(.+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  const given = headers.get('apikey') ?? url.searchParams.get('apikey') ?? bearer
  if (given === undefined) return
  headers.set('apikey', asOpaqueKey(given))
}

/** The key of a role's legacy JWT key; a user's token alone comes with the publishable key. */
function asOpaqueKey(given: string): string {
  if (!given.startsWith('ey')) return given
  const role = verifyJwt(given)?.role
  if (role === 'service_role') return KEYS.secret
  return role === 'anon' || role === 'authenticated' ? KEYS.publishable : given
}
