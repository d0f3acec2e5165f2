'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { after } from 'next/server'
import { z } from 'zod'
import { sandboxPlans } from '@/lib/domain/checkout/sandbox'
import { readRequest } from '@/lib/domain/core/bad-request'
import type { Result } from '@/lib/domain/core/result'
import type { Order } from '@/lib/domain/orders/order'
import {
  CancelOrder,
  type ErasedOrder,
  EraseOrder,
  PayInSandbox,
  type WithdrawalAttempt,
  WithdrawFromContract,
} from '@/lib/domain/orders/order-request'
import { mayPay } from '@/lib/domain/orders/order-rules'
import { giveBackWhatIsDue, playSandbox, sendSandboxEvent } from '@/lib/server/checkout/payments'
import { defineForm } from '@/lib/server/forms/define-form'
import { takeTurn } from '@/lib/server/network/limits'
import * as orders from '@/lib/server/orders/orders'
import { offersSandbox } from '@/lib/server/platform/env'
import { currentPerson } from '@/lib/server/session/session'

/**
 * The orders with these ids as they are now, of those this browser may see: what an open page asks for again. Null when one
 * is missing because the session that could see it has ended.
 */
export async function ordersNow(ids: readonly string[]): Promise<Order[] | null> {
  const read = await Promise.all(readRequest(z.array(z.guid()).max(20), ids).map(orders.findOrder))
  const found = read.filter((order) => order !== null)
  return found.length < read.length && !(await currentPerson()) ? null : found
}

/** Whether the session of this browser has not ended: what an open account page asks for again. */
export async function isStillSignedIn(): Promise<boolean> {
  return (await currentPerson()) !== null
}

/** Cancels an order of this browser; what was paid for it is refunded. */
export const cancelOrder = defineForm({
  least: 'anybody',
  schema: CancelOrder,
  refreshes: true,
  async run({ order_id, idempotency_key }) {
    const cancelled = await orders.cancelOrder(order_id, idempotency_key)
    if (cancelled.ok) await giveBackWhatIsDue(order_id)
    return cancelled
  },
})

/** Erases the person from an order of this browser's guest; the page says how it went. */
export const eraseOrder = defineForm<z.infer<typeof EraseOrder>, ErasedOrder>({
  least: 'anybody',
  schema: EraseOrder,
  async run({ order_id, idempotency_key }) {
    const turn = await takeTurn('link')
    const erased = turn.ok ? await orders.eraseOrder(order_id, idempotency_key) : turn
    return { erased: erased.ok ? erased.data : 'refused' }
  },
  refuse: () => ({ erased: 'not_confirmed' }),
  leave: (answer) => answer,
})

/** Withdraws from the contract of an order of this browser; leads to its page, which shows it. */
export const withdrawFromContract = defineForm<WithdrawFromContract, WithdrawalAttempt>({
  least: 'anybody',
  schema: WithdrawFromContract,
  async run(request) {
    const turn = await takeTurn('link')
    const asked = turn.ok ? await orders.withdraw(request) : turn
    return asked.ok ? redirect(`/orders/${request.order_id}/withdraw` as Route) : { withdrawal: 'refused' }
  },
  refuse: (_, form) => ({ withdrawal: String(form.get('items')).length > 500 ? 'too_long' : 'refused' }),
  leave: (answer) => answer,
})

/** Has the sandbox provider answer in a certain way; leads back to the order, as a provider would. */
export const payInSandbox = defineForm({
  least: 'anybody',
  schema: PayInSandbox,
  async run({ order_id, behaviour }): Promise<Result<never>> {
    const turn = await takeTurn('pay')
    const order = turn.ok && offersSandbox() ? await orders.findOrder(order_id) : null
    const plan = sandboxPlans[behaviour]
    // A second payment at a time could be taken twice.
    if (order && mayPay(order)) {
      await sendSandboxEvent(order, 'started')
      if (plan.afterMs > 0) after(() => playSandbox(order, plan))
      else await playSandbox(order, plan)
    }
    redirect(`/orders/${order_id}` as Route)
  },
})
