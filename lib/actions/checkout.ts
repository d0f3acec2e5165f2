'use server'

import type { Route } from 'next'
import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import {
  type CheckoutField,
  type CheckoutProblems,
  fieldNamed,
  orderIn,
  typedIn,
} from '@/lib/domain/checkout'
import type { Refusal } from '@/lib/domain/refusal'
import { extendHold } from '@/lib/server/carts'
import { lastOrder, placeOrder } from '@/lib/server/orders'

/** Why there is no order yet: fields that stand in the way, or a refusal. What was typed is kept. */
export interface CheckoutAnswer {
  problems: CheckoutProblems
  refusal: Refusal | null
  /** The order this browser made before, when the cart is gone. */
  lastOrder: string | null
  typed: Record<CheckoutField, string>
}

/** Places the order and leads to it, or to where it is paid. */
export async function checkOut(_last: CheckoutAnswer | null, form: FormData): Promise<CheckoutAnswer> {
  const request = orderIn(form)
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

function answer(form: FormData, why: Partial<CheckoutAnswer>): CheckoutAnswer {
  return { problems: {}, refusal: null, lastOrder: null, typed: typedIn(form), ...why }
}
