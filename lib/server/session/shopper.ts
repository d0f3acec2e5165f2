import 'server-only'
import { cookies } from 'next/headers'
import { type Supabase, secretClient, sessionClient } from '@/lib/server/platform/supabase'
import { cartToken } from './guest-secrets'
import { carriesSession } from './session-refresh'

/**
 * Who shops in this browser, as the database is asked: a person with an account, whose cart is found by their session,
 * or a guest with the secret of theirs. Null for a guest who never put anything into a cart.
 */
export interface Shopper {
  client: Supabase
  /** What a function of a cart is told beside the session. */
  cart: { cart_token?: string }
}

/** Whether this browser says somebody is signed in. For what a page shows; it proves nothing. */
export async function isSignedIn(): Promise<boolean> {
  return carriesSession((await cookies()).getAll())
}

/** @param token where a guest's secret comes from; an action that fills a cart makes one. */
export async function currentShopper(
  token: () => Promise<string | null> = cartToken,
): Promise<Shopper | null> {
  if (await isSignedIn()) return { client: await sessionClient(), cart: {} }
  const cart_token = await token()
  return cart_token ? { client: secretClient(), cart: { cart_token } } : null
}
