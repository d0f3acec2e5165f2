'use server'

import type { Route } from 'next'
import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import type { Cart } from '@/lib/domain/cart'
import { AddToCart, ChangeQuantity } from '@/lib/domain/cart-request'
import { invalidInput, type Refusal } from '@/lib/domain/refusal'
import { type Result, refused } from '@/lib/domain/result'
import { changeQuantity, extendHold, holdStock } from '@/lib/server/carts'

/** The cart a change left behind, or why nothing was changed. */
export type CartAnswer = Result<Cart, Refusal>

// Each takes a form, so that it works as a form's action without JavaScript and as a call with it. What was rendered
// of the cart, its count in the header included, is rendered again.

export async function addToCart(_last: CartAnswer | null, form: FormData): Promise<CartAnswer> {
  const request = AddToCart.safeParse(Object.fromEntries(form))
  if (!request.success) return refused(invalidInput(request.error))
  return shown(await holdStock(request.data))
}

export async function changeLine(_last: CartAnswer | null, form: FormData): Promise<CartAnswer> {
  const request = ChangeQuantity.safeParse(Object.fromEntries(form))
  if (!request.success) return refused(invalidInput(request.error))
  return shown(await changeQuantity(request.data))
}

/** Holds again what has run out, where units are left. */
export async function holdAgain(_last: CartAnswer | null, _form: FormData): Promise<CartAnswer> {
  return shown(await extendHold())
}

/** Going to the checkout is a sign of life. */
export async function startCheckout(): Promise<never> {
  await extendHold()
  redirect('/checkout' as Route)
}

function shown(answer: CartAnswer): CartAnswer {
  refresh()
  return answer
}
