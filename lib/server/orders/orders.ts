import 'server-only'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { z } from 'zod'
import type { OrderRequest } from '@/lib/domain/checkout/checkout'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { Order, PlacedOrder } from '@/lib/domain/orders/order'
import type { WithdrawFromContract } from '@/lib/domain/orders/order-request'
import { placeWithOthers } from '@/lib/server/checkout/place-with-others'
import { cameOverHttps } from '@/lib/server/http/request'
import { networkArgument } from '@/lib/server/network/client-network'
import { outcome, rowsOrThrow } from '@/lib/server/platform/refusals'
import { type Supabase, secretClient, sessionClient } from '@/lib/server/platform/supabase'
import { keepOrderToken, orderToken, orderTokenFor } from '@/lib/server/session/guest-secrets'
import { currentPerson } from '@/lib/server/session/session'
import { currentShopper, isSignedIn } from '@/lib/server/session/shopper'

/**
 * Places an order for everything in this browser's cart and lets the browser see it: a guest by the order's secret, a
 * signed-in shopper by their account. A repeated request gets the first order again, also in another response.
 */
export async function placeOrder(request: OrderRequest): Promise<Result<PlacedOrder>> {
  const shopper = await currentShopper()
  if (!shopper) return refused({ code: 'cart_empty', detail: {} })
  const { cart_token } = shopper.cart
  const placed = cart_token
    ? await placeAsGuest(request, cart_token)
    : await placeAsPerson(request, shopper.client)
  if (!placed.ok) return placed
  const order = placed.data
  await rememberLastOrder(order.order_id)
  return accepted(order)
}

async function placeAsGuest(request: OrderRequest, cart_token: string): Promise<Result<PlacedOrder>> {
  const order_token = orderTokenFor(cart_token, request.idempotency_key)
  const placed = await placeWithOthers({ ...request, cart_token, order_token, ...(await networkArgument()) })
  if (placed.ok) await keepOrderToken(placed.data.order_id, order_token)
  return placed
}

async function placeAsPerson(request: OrderRequest, client: Supabase): Promise<Result<PlacedOrder>> {
  const placed = outcome('place_order', await client.rpc('place_order', { ...request }))
  return placed.ok ? accepted(PlacedOrder.parse(placed.data)) : placed
}

/** How this browser may see an order: by the secret it keeps, or by the account of who is signed in. */
interface Key {
  client: Supabase
  order_token?: string
}

async function keysTo(orderId: string): Promise<Key[]> {
  if (!z.guid().safeParse(orderId).success) return []
  const order_token = await orderToken(orderId)
  const bySecret = order_token ? [{ client: secretClient(), order_token }] : []
  return (await isSignedIn()) ? [...bySecret, { client: await sessionClient() }] : bySecret
}

/** An order this browser may see; null when there is none, or neither its secret nor its account is here. Once per request. */
export const findOrder = cache(async (orderId: string): Promise<Order | null> => {
  for (const key of await keysTo(orderId)) {
    const order = await readWith(key, orderId)
    if (order) return order
  }
  return null
})

/** An order by its secret, wherever that comes from; null when they do not belong together. */
export async function readOrder(orderId: string, token: string): Promise<Order | null> {
  return readWith({ client: secretClient(), order_token: token }, orderId)
}

async function readWith({ client, ...secret }: Key, orderId: string): Promise<Order | null> {
  const read = outcome('read_order', await client.rpc('read_order', { order_id: orderId, ...secret }))
  if (read.ok) return Order.parse(read.data)
  if (read.error.code === 'not_found' || read.error.code === 'signed_out') return null
  throw new Error(`read_order: ${read.error.code}`)
}

/** Whether an order is in the account of who is signed in; null when nobody is. */
export async function isInAccount(orderId: string): Promise<boolean | null> {
  const person = await currentPerson()
  if (!person) return null
  const client = await sessionClient()
  return rowsOrThrow('is_own_order', await client.rpc('is_own_order', { order_id: orderId }))
}

/** Puts a guest's order, whose secret this browser keeps, into the account of who is signed in. */
export async function adoptOrder(orderId: string): Promise<void> {
  const order_token = await orderToken(orderId)
  if (!order_token) return
  const client = await sessionClient()
  const adopted = outcome('adopt_order', await client.rpc('adopt_order', { order_id: orderId, order_token }))
  if (!adopted.ok && adopted.error.code !== 'not_found') throw new Error(`adopt_order: ${adopted.error.code}`)
}

/** Calls an order off. Its units go back on the shelf, money that was taken is given back. */
export async function cancelOrder(orderId: string, idempotencyKey: string): Promise<Result<Order>> {
  const [key] = await keysTo(orderId)
  if (!key) return refused({ code: 'not_found', detail: { order_id: orderId } })
  const { client, ...secret } = key
  const cancelled = outcome(
    'cancel_order',
    await client.rpc('cancel_order', {
      order_id: orderId,
      idempotency_key: idempotencyKey,
      ...secret,
      reason: 'asked for by the customer',
    }),
  )
  return cancelled.ok ? accepted(Order.parse(cancelled.data)) : cancelled
}

/** Withdraws from the contract of an order that this browser may see. */
export async function withdraw(request: WithdrawFromContract): Promise<Result<unknown>> {
  const [key] = await keysTo(request.order_id)
  if (!key) return refused({ code: 'not_found', detail: { order_id: request.order_id } })
  const { client, ...secret } = key
  return outcome('ask_withdrawal', await client.rpc('ask_withdrawal', { ...request, ...secret }))
}

/** Erases the person from a guest's order, whose secret this browser keeps: now, or once the order is finished. */
export async function eraseOrder(
  order_id: string,
  idempotency_key: string,
): Promise<Result<'now' | 'later'>> {
  const order_token = await orderToken(order_id)
  if (!order_token) return refused({ code: 'not_found', detail: { order_id } })
  const erased = outcome(
    'erase_order',
    await secretClient().rpc('erase_order', { order_id, order_token, idempotency_key }),
  )
  if (!erased.ok) return erased
  return accepted(z.object({ erased: z.boolean() }).parse(erased.data).erased ? 'now' : 'later')
}

const lastOrderCookie = 'last-order'

/**
 * The id of the order this browser placed last; no secret. For a shopper who submits a cart that another tab has
 * ordered.
 */
export async function lastOrder(): Promise<string | null> {
  const value = (await cookies()).get(lastOrderCookie)?.value
  return value && /^[\da-f-]{36}$/.test(value) ? value : null
}

async function rememberLastOrder(orderId: string): Promise<void> {
  const store = await cookies()
  const secure = cameOverHttps(await headers())
  store.set(lastOrderCookie, orderId, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: 24 * 60 * 60,
  })
}
