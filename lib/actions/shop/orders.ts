'use server'

import type { Route } from 'next'
import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { after } from 'next/server'
import { z } from 'zod'
import { sandboxPlans } from '@/lib/domain/checkout/sandbox'
import { readRequest } from '@/lib/domain/core/bad-request'
import { invalidInput, type Refusal } from '@/lib/domain/core/refusal'
import type { Order } from '@/lib/domain/orders/order'
import { CancelOrder, PayInSandbox } from '@/lib/domain/orders/order-request'
import { giveBackWhatIsDue, playSandbox } from '@/lib/server/checkout/payments'
import { askedPath } from '@/lib/server/http/request'
import { takeTurn } from '@/lib/server/network/limits'
import { cancelOrder, findOrder } from '@/lib/server/orders/orders'
import { offersSandbox } from '@/lib/server/platform/env'
import { shopperDoor } from '@/lib/server/session/doors'

/** The orders with these ids as they are now, of those this browser may see: what an open page asks for again. */
export async function ordersNow(ids: readonly string[]): Promise<Order[]> {
  const orders = await Promise.all(readRequest(z.array(z.guid()).max(20), ids).map(findOrder))
  return orders.filter((order) => order !== null)
}

/** Why an order could not be called off; null once it is. */
export async function cancel(form: FormData): Promise<Refusal | null> {
  const door = shopperDoor(form)
  if (!door.ok) return door.error
  const request = CancelOrder.safeParse(Object.fromEntries(form))
  if (!request.success) return invalidInput(request.error)
  const { order_id, idempotency_key } = request.data
  const cancelled = await cancelOrder(order_id, idempotency_key)
  if (cancelled.ok) await giveBackWhatIsDue(order_id)
  refresh()
  return cancelled.ok ? null : cancelled.error
}

/** The same for a form without JavaScript; the order's page says how it stands. */
export async function postCancel(form: FormData): Promise<void> {
  await cancel(form)
  redirect((await askedPath()) as Route)
}

/** What a person decides on the sandbox provider's page; leads back to the order, as a provider would. */
export async function payInSandbox(form: FormData): Promise<void> {
  const asked = shopperDoor(form).ok ? PayInSandbox.safeParse(Object.fromEntries(form)) : null
  if (!asked?.success) redirect('/')
  const { order_id, behaviour } = asked.data
  const turn = await takeTurn('pay')
  const order = turn.ok && offersSandbox() ? await findOrder(order_id) : null
  const plan = sandboxPlans[behaviour]
  if (order && plan.afterMs > 0) after(() => playSandbox(order, plan))
  else if (order) await playSandbox(order, plan)
  redirect(`/orders/${order_id}` as Route)
}
