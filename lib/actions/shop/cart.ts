'use server'

import type { Route } from 'next'
import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import type { CartAnswer } from '@/lib/domain/cart/cart-answer'
import { ChangeQuantity, MendLine } from '@/lib/domain/cart/cart-request'
import { invalidInput } from '@/lib/domain/core/refusal'
import { refused } from '@/lib/domain/core/result'
import { addToCartFrom, leaveRefusal } from '@/lib/server/cart/add-to-cart'
import { changeQuantity, extendHold, mendLine } from '@/lib/server/cart/carts'
import { askedPath } from '@/lib/server/http/request'
import { shopperDoor } from '@/lib/server/session/doors'

// Two doors to each change: the call answers with the cart it left behind and has what was rendered of it rendered
// again, the count in the header included; the post, for a form without JavaScript, leads back to its page. That of
// "Add to cart" is a route (app/(shop)/cart/add): lib/server/http/posted-form.ts says why.

export async function addToCart(form: FormData): Promise<CartAnswer> {
  return shown(await addToCartFrom(form))
}

export async function changeLine(form: FormData): Promise<CartAnswer> {
  const door = shopperDoor(form)
  if (!door.ok) return door
  const mending = MendLine.safeParse(Object.fromEntries(form))
  if (mending.success) return shown(await mendLine(mending.data.repair, mending.data.idempotency_key))
  const request = ChangeQuantity.safeParse(Object.fromEntries(form))
  if (!request.success) return refused(invalidInput(request.error))
  return shown(await changeQuantity(request.data))
}

/** Holds again what has run out, where units are left. */
export async function holdAgain(_form: FormData): Promise<CartAnswer> {
  return shown(await extendHold())
}

export async function postLine(form: FormData): Promise<void> {
  const [page, answer] = [await askedPath(), await changeLine(form)]
  if (!answer.ok) await leaveRefusal(form, answer.error, page)
  redirect(page as Route)
}

export async function postHoldAgain(_form: FormData): Promise<void> {
  await extendHold()
  redirect('/cart' as Route)
}

/** Going to the checkout is a sign of life. */
export async function startCheckout(): Promise<void> {
  await extendHold()
  redirect('/checkout' as Route)
}

function shown(answer: CartAnswer): CartAnswer {
  refresh()
  return answer
}
