import 'server-only'
import { randomUUID } from 'node:crypto'
import { cache } from 'react'
import { Cart } from '@/lib/domain/cart/cart'
import { AdoptedCart } from '@/lib/domain/cart/cart-answer'
import type { CartCount } from '@/lib/domain/cart/cart-count'
import type { AddToCart, ChangeQuantity, Repair } from '@/lib/domain/cart/cart-request'
import { quantityOf } from '@/lib/domain/cart/cart-sums'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { clientNetwork } from '@/lib/server/network/client-network'
import { keyFor } from '@/lib/server/platform/key-for'
import { outcome, rowsOrThrow } from '@/lib/server/platform/refusals'
import { secretClient, sessionClient } from '@/lib/server/platform/supabase'
import { cartToken, cartTokenOrOffer } from '@/lib/server/session/guest-secrets'
import { currentShopper } from '@/lib/server/session/shopper'
import { holdWithOthers } from './hold-with-others'

// The cart of this browser's shopper. Each write is one call of the SQL function it names and carries the request's
// idempotency key.

/** The cart as it is now, once per request; null where there never was one, without asking the database. */
export const currentCart = cache(async (): Promise<Cart | null> => {
  const shopper = await currentShopper()
  if (!shopper) return null
  return Cart.parse(rowsOrThrow('read_cart', await shopper.client.rpc('read_cart', shopper.cart)))
})

/** The same for pages that are about something else: they are shown without a cart that cannot be read. */
export async function cartIfReadable(): Promise<{ cart: Cart | null; isReadable: boolean }> {
  try {
    return { cart: await currentCart(), isReadable: true }
  } catch (cause) {
    process.emitWarning(`A cart could not be read: ${String(cause)}`)
    return { cart: null, isReadable: false }
  }
}

/** How many units are in the cart with this id, and its version: one row, or none where there is no such cart. */
export async function unitsInCart(cart: string): Promise<CartCount[]> {
  return rowsOrThrow('cart_units', await secretClient().rpc('cart_units', { cart }))
}

/**
 * Puts units into the cart and holds them. A browser without a cart cookie gets one and is refused this once.
 *
 * @param keyKind 'shared key' for a key that a public page has shown to other shoppers as well: the request then gets the
 * key that follows from it, this cart and what is asked for.
 */
export async function holdStock(
  asked: AddToCart,
  keyKind: 'own key' | 'shared key' = 'own key',
): Promise<Result<Cart>> {
  const shopper = await currentShopper(cartTokenOrOffer)
  if (!shopper) return refused({ code: 'cookies_blocked', detail: {} })
  const { client, cart } = shopper
  const { idempotency_key: key, variant_id, quantity } = asked
  const request =
    keyKind === 'own key'
      ? asked
      : { ...asked, idempotency_key: keyFor([key, cart.cart_token, variant_id, quantity].join(' ')) }
  if (cart.cart_token)
    return holdWithOthers({ ...request, cart_token: cart.cart_token, ...(await knownNetwork()) })
  return cartIn(outcome('hold_stock', await client.rpc('hold_stock', request)))
}

/** Takes units out of the cart and gives up their hold. */
export async function releaseHold(request: AddToCart): Promise<Result<Cart>> {
  const shopper = await currentShopper()
  if (!shopper) return refused({ code: 'not_found', detail: { variant_id: request.variant_id } })
  return cartIn(
    outcome('release_hold', await shopper.client.rpc('release_hold', { ...request, ...shopper.cart })),
  )
}

/** More units hold the whole line; fewer leave what stays as it is, unless it is to be held again. */
export async function changeQuantity({ by, hold_again, ...rest }: ChangeQuantity): Promise<Result<Cart>> {
  if (by > 0) return holdStock({ ...rest, quantity: by })
  const released = await releaseHold({ ...rest, quantity: -by })
  return released.ok && hold_again ? extendHold() : released
}

/** Reduces a line and holds the rest again; or holds a sibling variant first and then releases the line. */
export async function mendLine(repair: Repair, idempotency_key: string): Promise<Result<Cart>> {
  const { variant_id } = repair
  if ('by' in repair) return changeQuantity({ variant_id, by: repair.by, hold_again: true, idempotency_key })
  const { sibling_id, quantity } = repair
  const held = await holdStock({ variant_id: sibling_id, quantity, idempotency_key })
  const given = held.ok ? quantityOf(held.data, variant_id) : 0
  if (given === 0) return held
  return releaseHold({ variant_id, quantity: given, idempotency_key: randomUUID() })
}

/** Restarts every hold of the cart. Expired lines are held again where units are left. */
export async function extendHold(): Promise<Result<Cart>> {
  const shopper = await currentShopper()
  if (!shopper) return refused({ code: 'cart_empty', detail: {} })
  return cartIn(
    outcome(
      'extend_hold',
      await shopper.client.rpc('extend_hold', { ...shopper.cart, ...(await knownNetwork()) }),
    ),
  )
}

/** Puts what this browser's guest had in the cart into that of who has just signed in; null when that was nothing. */
export async function adoptCart(): Promise<AdoptedCart | null> {
  const cart_token = await cartToken()
  if (!cart_token) return null
  const client = await sessionClient()
  return AdoptedCart.parse(rowsOrThrow('adopt_cart', await client.rpc('adopt_cart', { cart_token })))
}

/** The network of this request, where it is known: what limits of networks count. */
async function knownNetwork(): Promise<{ network?: string }> {
  const network = await clientNetwork()
  return network ? { network } : {}
}

function cartIn(result: Result<unknown>): Result<Cart> {
  return result.ok ? accepted(Cart.parse(result.data)) : result
}
