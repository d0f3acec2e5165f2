import 'server-only'
import { cache } from 'react'
import { Cart } from '@/lib/domain/cart'
import type { AddToCart, ChangeQuantity } from '@/lib/domain/cart-request'
import { accepted, type Result, refused } from '@/lib/domain/result'
import { cartToken, cartTokenOrNew } from './guest-secrets'
import { outcome, rowsOrThrow } from './refusals'
import { anonClient } from './supabase'

// The cart of this browser. Each write is one call of the SQL function it names; all carry the key of the gesture.

/** The cart as it is now, once per request; null where there never was one, without asking the database. */
export const currentCart = cache(async (): Promise<Cart | null> => {
  const token = await cartToken()
  if (!token) return null
  return Cart.parse(rowsOrThrow('read_cart', await anonClient().rpc('read_cart', { cart_token: token })))
})

/** The same for pages that are about something else: where the cart cannot be read they are shown without it. */
export async function cartIfReadable(): Promise<Cart | null> {
  return currentCart().catch((cause: unknown) => {
    process.emitWarning(`A cart could not be read: ${String(cause)}`)
    return null
  })
}

/** Puts units into the cart and holds them. */
export async function holdStock(request: AddToCart): Promise<Result<Cart>> {
  const cart_token = await cartTokenOrNew()
  return cartIn(outcome('hold_stock', await anonClient().rpc('hold_stock', { ...request, cart_token })))
}

/** Takes units out of the cart and gives up their hold. */
export async function releaseHold(request: AddToCart): Promise<Result<Cart>> {
  const cart_token = await cartToken()
  if (!cart_token) return refused({ code: 'not_found', detail: { variant_id: request.variant_id } })
  return cartIn(outcome('release_hold', await anonClient().rpc('release_hold', { ...request, cart_token })))
}

/** More units hold the whole line; fewer leave what stays as it is, unless it is to be held again. */
export async function changeQuantity({ by, hold_again, ...rest }: ChangeQuantity): Promise<Result<Cart>> {
  if (by > 0) return holdStock({ ...rest, quantity: by })
  const released = await releaseHold({ ...rest, quantity: -by })
  return released.ok && hold_again ? extendHold() : released
}

/** A sign of life: every hold begins anew, and what had run out is held again where units are left. */
export async function extendHold(): Promise<Result<Cart>> {
  const cart_token = await cartToken()
  if (!cart_token) return refused({ code: 'cart_empty', detail: {} })
  return cartIn(outcome('extend_hold', await anonClient().rpc('extend_hold', { cart_token })))
}

function cartIn(result: Result<unknown>): Result<Cart> {
  return result.ok ? accepted(Cart.parse(result.data)) : result
}
