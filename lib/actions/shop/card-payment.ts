'use server'

import { z } from 'zod'
import { readRequest } from '@/lib/domain/core/bad-request'
import type { CardOutcome } from '@/lib/domain/payments/card-payment'
import { takeTurn } from '@/lib/server/network/limits'
import { findOrder } from '@/lib/server/orders/orders'
import { startCardPayment } from '@/lib/server/payments/intents'
import { settleOrder } from '@/lib/server/payments/settle-order'

/** Whether an order of this browser can be paid by card now; if so, no other page offers to pay it in the meantime. */
export async function beginCardPayment(orderId: string): Promise<boolean> {
  const turn = await takeTurn('pay')
  const order = turn.ok ? await findOrder(readRequest(z.guid(), orderId)) : null
  return order?.payment.provider === 'stripe' && (await startCardPayment(order.payment.payment_id))
}

/** Has the server ask Stripe how the payment of an order of this browser went. */
export async function settleCardPayment(orderId: string): Promise<CardOutcome> {
  const order = await findOrder(readRequest(z.guid(), orderId))
  return order?.payment.provider === 'stripe' ? settleOrder(order) : 'closed'
}
