import 'server-only'
import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Result } from '@/lib/domain/core/result'
import { adoptCart } from '@/lib/server/cart/carts'
import { outcome } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'
import { newSecret } from '@/lib/server/session/cart-cookie'
import { keepCartToken } from '@/lib/server/session/guest-secrets'
import { isSignedIn } from '@/lib/server/session/shopper'
import { secretOf } from './caller'

/** The part of `continue_url` that lets one person take over: the session, signed by the shop. */
export function continueTokenOf(sessionId: string): string {
  return `${sessionId}.${signature(sessionId)}`
}

/** The session of such a token; null where the shop has not signed it. */
export function sessionIn(token: string): string | null {
  const [id = '', signed = ''] = token.split('.')
  if (!z.guid().safeParse(id).success) return null
  const [sent, expected] = [Buffer.from(signed), Buffer.from(signature(id))]
  return sent.length === expected.length && timingSafeEqual(sent, expected) ? id : null
}

/**
 * Makes the cart of a session that of this browser, once. The cart gets a new secret, so the agent keeps no way to it; a
 * signed-in shopper gets its lines into their own cart.
 */
export async function takeOver(sessionId: string): Promise<Result<unknown>> {
  const cart_token = newSecret()
  const taken = outcome(
    'hand_over_agent_session',
    await secretClient().rpc('hand_over_agent_session', { session_id: sessionId, cart_token }),
  )
  if (!taken.ok) return taken
  await keepCartToken(cart_token)
  if (await isSignedIn()) await adoptCart()
  return taken
}

const signature = (id: string) => secretOf(`continue ${id}`)
