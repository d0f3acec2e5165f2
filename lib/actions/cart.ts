'use server'

import type { Route } from 'next'
import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import type { CartAnswer, PostedRefusal } from '@/lib/domain/cart-answer'
import { AddToCart, ChangeQuantity, MendLine } from '@/lib/domain/cart-request'
import { invalidInput } from '@/lib/domain/refusal'
import { refused } from '@/lib/domain/result'
import { changeQuantity, extendHold, holdStock, mendLine } from '@/lib/server/carts'
import { leaveFlash } from '@/lib/server/flash'
import { askedPath } from '@/lib/server/request'

// Two doors to each change: the call answers with the cart it left behind and has what was rendered of it rendered
// again, the count in the header included; the post, for a form without JavaScript, leads back to its page.

export async function addToCart(form: FormData): Promise<CartAnswer> {
  const request = AddToCart.safeParse(Object.fromEntries(form))
  if (!request.success) return refused(invalidInput(request.error))
  return shown(await holdStock(request.data))
}

export async function changeLine(form: FormData): Promise<CartAnswer> {
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

export async function postToCart(form: FormData): Promise<void> {
  await backToPage(form, await addToCart(form))
}

export async function postLine(form: FormData): Promise<void> {
  await backToPage(form, await changeLine(form))
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

async function backToPage(form: FormData, answer: CartAnswer): Promise<never> {
  const page = await askedPath()
  if (!answer.ok) {
    const said: PostedRefusal = {
      variant_id: String(form.get('variant_id')),
      asked: Number(form.get('instead') ?? form.get('by') ?? form.get('quantity')),
      refusal: answer.error,
    }
    await leaveFlash(said, page.split('?')[0])
  }
  redirect(page as Route)
}
