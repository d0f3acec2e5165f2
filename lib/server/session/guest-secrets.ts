import 'server-only'
import { createHmac } from 'node:crypto'
import { cookies, headers } from 'next/headers'
import { cameOverHttps } from '@/lib/server/http/request'
import { cartCookie, isSecret, newSecret, secretCookie } from './cart-cookie'

// A guest proves a cart or an order by a secret in an httpOnly cookie; the database keeps hashes of them
// (docs/decisions/0012). Cookies are set by actions and route handlers alone: browsing sets none.

/** The secret of this browser's cart; null where nothing was ever put into one. */
export async function cartToken(): Promise<string | null> {
  const value = (await cookies()).get(cartCookie)?.value
  return isSecret(value) ? value : null
}

/**
 * The secret of this browser's cart. Where it sent none a new one is set, and the answer is null: units are held only under
 * a secret that a browser has sent back, so one that blocks cookies holds nothing. For actions.
 */
export async function cartTokenOrOffer(): Promise<string | null> {
  const token = await cartToken()
  await keep(cartCookie, token ?? newSecret(), '/')
  return token
}

/** Makes the cart with this secret that of this browser. For actions. */
export async function keepCartToken(token: string): Promise<void> {
  await keep(cartCookie, token, '/')
}

/** The secret of this browser's cart; a new one is set and returned where it sent none. For actions that hold nothing. */
export async function cartTokenOrNew(): Promise<string> {
  const token = (await cartToken()) ?? newSecret()
  await keep(cartCookie, token, '/')
  return token
}

/**
 * The secret of the order that this cart's form with this key makes. It follows from them, so a repeat of the form
 * after a lost reply sends the same request and is given the same order; and it says nothing of the cart's secret.
 */
export function orderTokenFor(cart: string, idempotencyKey: string): string {
  return createHmac('sha256', cart).update(`order ${idempotencyKey}`).digest('base64url')
}

/** The secret of an order, sent by this browser to that order's pages and to no other. */
export async function orderToken(orderId: string): Promise<string | null> {
  const value = (await cookies()).get(orderCookie(orderId))?.value
  return isSecret(value) ? value : null
}

/** Lets this browser see an order. For actions and route handlers. */
export async function keepOrderToken(orderId: string, token: string): Promise<void> {
  if (isSecret(token)) await keep(orderCookie(orderId), token, `/orders/${orderId}`)
}

/** The secret of the waitlist entry whose link this browser opened last. */
export async function waitlistToken(): Promise<string | null> {
  const value = (await cookies()).get(waitlistCookie)?.value
  return isSecret(value) ? value : null
}

/** Lets this browser see an entry of a waitlist, and gives it a cart for the offer. For route handlers. */
export async function keepWaitlistToken(token: string): Promise<void> {
  await keep(waitlistCookie, token, '/waitlist')
  await cartTokenOrOffer()
}

const waitlistCookie = 'waitlist'
const orderCookie = (orderId: string) => `order-${orderId}`

async function keep(name: string, value: string, path: string): Promise<void> {
  const store = await cookies()
  const secure = cameOverHttps(await headers())
  store.set(name, value, { ...secretCookie, path, secure })
}
