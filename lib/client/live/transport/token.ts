'use client'

import { now } from '@/lib/client/live/clock'
import { SignedOut } from '@/lib/domain/live/signed-out'

/** Where a signed-in page gets its access token: a server action, so that no session lives in page scripts. */
export type AccessToken = () => Promise<string | null>

const refreshBeforeMs = 60_000
const leastMs = 30_000

/**
 * Keeps a token until shortly before it ends, then asks again; several callers wait for one answer. Should the
 * wall clock be wrong, it asks twice a minute and nothing worse. Rejects with `SignedOut` when there is no token any more;
 * without `ask`, nobody is signed in and there never is one.
 */
export function keepToken(ask?: AccessToken): AccessToken {
  if (!ask) return () => Promise.resolve(null)
  let kept = Promise.resolve<string | null>(null)
  let until = 0
  return () => {
    if (now() < until) return kept
    until = now() + leastMs
    kept = ask().then((token) => {
      if (token === null) throw new SignedOut('no session')
      until = now() + Math.max(leastMs, claimsOf(token).exp * 1_000 - Date.now() - refreshBeforeMs)
      return token
    })
    kept.catch(() => {
      until = 0
    })
    return kept
  }
}

/** Whose a token is; empty where nobody is signed in. */
export function subjectOf(token: string | null): string {
  return token === null ? '' : claimsOf(token).sub
}

/** Of a JWT. It ends at `exp`, in seconds since 1970. */
function claimsOf(token: string): { exp: number; sub: string } {
  const claims = token.split('.')[1]?.replace(/-/g, '+').replace(/_/g, '/') ?? ''
  return JSON.parse(atob(claims)) as { exp: number; sub: string }
}
