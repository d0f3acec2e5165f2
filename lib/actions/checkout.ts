'use server'

import type { Route } from 'next'
import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import type { z } from 'zod'
import { MendLine } from '@/lib/domain/cart-request'
import { fieldNamed, orderIn, typedIn } from '@/lib/domain/checkout'
import type { CheckoutAnswer } from '@/lib/domain/checkout-answer'
import { extendHold, mendLine } from '@/lib/server/carts'
import { offersSandbox } from '@/lib/server/env'
import { leaveFlash } from '@/lib/server/flash'
import { keyFor } from '@/lib/server/key-for'
import { lastOrder, placeOrder } from '@/lib/server/orders'

/** Places the order and leads to it, or to where it is paid; answers when it does not. */
export async function checkOut(form: FormData): Promise<CheckoutAnswer> {
  const mending = MendLine.safeParse(Object.fromEntries(form))
  if (mending.success) return mend(form, mending.data)
  const request = orderIn(form, offersSandbox())
  if (!request.ok) {
    await extendHold()
    return answer(form, { problems: request.error })
  }
  const placed = await placeOrder(request.data)
  if (placed.ok) {
    const page = `/orders/${placed.data.order_id}`
    redirect((placed.data.status === 'awaiting_payment' ? `${page}/pay` : page) as Route)
  }
  if (placed.error.code === 'invalid_input') {
    const field = fieldNamed(placed.error.detail.field)
    if (field) return answer(form, { problems: { [field]: 'missing' } })
  }
  refresh()
  return answer(form, { refusal: placed.error, lastOrder: await lastOrder() })
}

/** Puts a line right that stood in the order's way. Its key follows from the form's own, which is the order's. */
async function mend(
  form: FormData,
  { repair, idempotency_key }: z.infer<typeof MendLine>,
): Promise<CheckoutAnswer> {
  const mended = await mendLine(repair, keyFor(`${idempotency_key} ${String(form.get('repair'))}`))
  refresh()
  return answer(form, mended.ok ? {} : { refusal: mended.error })
}

/** The same for a form without JavaScript: leads back to it when there is no order. */
export async function postCheckOut(form: FormData): Promise<void> {
  await leaveFlash(await checkOut(form), '/checkout')
  redirect('/checkout' as Route)
}

function answer(form: FormData, why: Partial<CheckoutAnswer>): CheckoutAnswer {
  return { problems: {}, refusal: null, lastOrder: null, typed: typedIn(form), ...why }
}
