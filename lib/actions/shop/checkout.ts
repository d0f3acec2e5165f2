'use server'

import type { Route } from 'next'
import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import type { CheckoutAnswer } from '@/lib/domain/checkout/checkout-answer'
import { checkOutFrom } from '@/lib/server/checkout/check-out'

/** Places the order and leads to it, or to where it is paid; answers when it does not. */
export async function placeOrder(form: FormData): Promise<CheckoutAnswer> {
  const checkedOut = await checkOutFrom(form)
  if (checkedOut.ok) redirect(checkedOut.data as Route)
  const { problems, challenge } = checkedOut.error
  // A field alone changes nothing of the cart, and a challenge is for the form as it is, with its key.
  if (Object.keys(problems).length === 0 && challenge === null) refresh()
  return checkedOut.error
}
