import 'server-only'
import { cookies } from 'next/headers'
import { type Supabase, secretClient, sessionClient } from '@/lib/server/platform/supabase'
import { cartToken } from './guest-secrets'
import { carriesSession } from './session-refresh'

/**
 * The shopper of this browser, as the database identifies them: an account, whose cart is found by their session, or a
 * guest with a cart secret. Null for a guest without a cart.
 */
export interface Shopper {
  client: Supabase
  /** Arguments that cart functions get beside the session. */
  cart: { cart_token?: string }
}

/** Whether this browser claims to be signed in. For display only; it proves nothing. */
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
