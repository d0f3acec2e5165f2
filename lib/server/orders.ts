import 'server-only'
import { cookies } from 'next/headers'
import { cache } from 'react'
import type { OrderRequest } from '@/lib/domain/checkout'
import { Order, type PlacedOrder } from '@/lib/domain/order'
import { accepted, type Result, refused } from '@/lib/domain/result'
import { cartToken, keepOrderToken, orderToken, orderTokenFor } from './guest-secrets'
import { placeWithOthers } from './place-with-others'
import { outcome } from './refusals'
import { anonClient } from './supabase'

/**
 * Orders everything in this browser's cart and lets the browser see the order. Repeating the request, also in another
 * reply, gives the first order again.
 */
export async function placeOrder(request: OrderRequest): Promise<Result<PlacedOrder>> {
  const cart_token = await cartToken()
  if (!cart_token) return refused({ code: 'cart_empty', detail: {} })
  const order_token = orderTokenFor(cart_token, request.idempotency_key)
  const placed = await placeWithOthers({ ...request, cart_token, order_token })
  if (!placed.ok) return placed
  const order = placed.data
  await keepOrderToken(order.order_id, order_token)
  await rememberLastOrder(order.order_id)
  return accepted(order)
}

/** An order this browser may see; null when there is none, or its secret is not here. Once per request. */
export const findOrder = cache(async (orderId: string): Promise<Order | null> => {
  const token = await orderToken(orderId)
  return token ? readOrder(orderId, token) : null
})

/** An order by its secret, wherever that comes from; null when they do not belong together. */
export async function readOrder(orderId: string, token: string): Promise<Order | null> {
  const read = outcome(
    'read_order',
    await anonClient().rpc('read_order', { order_id: orderId, order_token: token }),
  )
  if (read.ok) return Order.parse(read.data)
  if (read.error.code === 'not_found') return null
  throw new Error(`read_order: ${read.error.code}`)
}

/** Calls an order off. Its units go back on the shelf, money that was taken is given back. */
export async function cancelOrder(orderId: string, idempotencyKey: string): Promise<Result<Order>> {
  const token = await orderToken(orderId)
  if (!token) return refused({ code: 'not_found', detail: { order_id: orderId } })
  const cancelled = outcome(
    'cancel_order',
    await anonClient().rpc('cancel_order', {
      order_id: orderId,
      idempotency_key: idempotencyKey,
      order_token: token,
      reason: 'asked for by the customer',
    }),
  )
  return cancelled.ok ? accepted(Order.parse(cancelled.data)) : cancelled
}

const lastOrderCookie = 'last-order'

/** Which order this browser made last; no secret. For somebody who orders again what another tab has ordered. */
export async function lastOrder(): Promise<string | null> {
  const value = (await cookies()).get(lastOrderCookie)?.value
  return value && /^[\da-f-]{36}$/.test(value) ? value : null
}

async function rememberLastOrder(orderId: string): Promise<void> {
  const store = await cookies()
  store.set(lastOrderCookie, orderId, { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 24 * 60 * 60 })
}
