'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { holdAgain } from '@/lib/server/cart/order-again'
import { defineForm } from '@/lib/server/forms/define-form'
import { leaveFlash } from '@/lib/server/http/flash'
import { findOrder } from '@/lib/server/orders/orders'

/** Puts what an order had into the cart, as far as it can be had now, and leads to the cart. */
export const orderAgain = defineForm({
  least: 'anybody',
  schema: z.object({ order_id: z.guid(), idempotency_key: z.guid() }),
  async run({ order_id, idempotency_key }) {
    const order = await findOrder(order_id)
    if (!order) return { ok: false, error: { code: 'not_found', detail: {} } } as const
    await leaveFlash(await holdAgain(order, idempotency_key), '/cart')
    redirect('/cart')
  },
})
