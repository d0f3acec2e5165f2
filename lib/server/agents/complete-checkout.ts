import 'server-only'
import { after } from 'next/server'
import { type CompleteRequest, handlerIn } from '@/lib/domain/agents/checkout-request'
import { errorMessage, type Message } from '@/lib/domain/agents/messages'
import type { AgentSession } from '@/lib/domain/agents/session'
import { agentWords as words } from '@/lib/domain/agents/words'
import type { OrderRequest } from '@/lib/domain/checkout/checkout'
import { sandboxPlans } from '@/lib/domain/checkout/sandbox'
import type { Refusal } from '@/lib/domain/core/refusal'
import { refused } from '@/lib/domain/core/result'
import { Address, type PaymentProvider } from '@/lib/domain/orders/order'
import { playSandbox, sendSandboxEvent } from '@/lib/server/checkout/payments'
import { placeWithOthers } from '@/lib/server/checkout/place-with-others'
import { readOrder } from '@/lib/server/orders/orders'
import { keyFor } from '@/lib/server/platform/key-for'
import { orderTokenFor } from '@/lib/server/session/guest-secrets'
import type { Agent } from './caller'
import { type CheckoutAnswer, cartOf, ended, keyOf, shown } from './checkouts'
import type { Repeatable } from './operation'
import { callerCodes, refusalOf } from './refusals'
import { changeSession, endSession, readSession } from './sessions'
import { paymentsOf, readParts } from './show-checkout'

/**
 * Places the order by place_orders, with the caller's key: held units are taken over without another check. The request
 * is noted first, so that a repeat after a lost answer sends the same one and gets the same order.
 */
export async function completeCheckout(
  agent: Agent,
  id: string,
  { asked, key, request }: Repeatable & { asked: CompleteRequest },
): CheckoutAnswer {
  const read = await readSession(id)
  if (!read.ok) return refused(refusalOf(read.error))
  const callKey = keyOf(id, key)
  const orderKey = keyFor(`order ${callKey}`)
  const begun = read.data
  const isRepeat = begun.order_key === orderKey
  const { quote, needs } = begun.status === 'open' ? await readParts(id, begun) : { quote: null, needs: [] }
  const provider = providerOf(begun, handlerIn(asked))
  if (begun.status === 'open' && !isRepeat) {
    if (provider === null)
      return shown(id, [], false, [
        errorMessage('payment_failed', words.unknownHandler, { path: '$.payment.instruments' }),
      ])
    if (needs.length > 0) return shown(id)
  }
  const payment = { order_key: orderKey, provider, expected_minor: quote?.total_minor ?? null }
  const noted = await changeSession(id, { key: callKey, request, ...(!isRepeat && quote && { payment }) })
  if (!noted.ok) return refused(refusalOf(noted.error))
  if (noted.data.status !== 'open') return noted.data.is_repeat ? shown(id) : refused(ended)
  return place(agent, id, noted.data)
}

async function place(agent: Agent, id: string, session: AgentSession): CheckoutAnswer {
  const { order_key, provider, expected_minor, choices } = session
  const delivery = deliveryOf(session)
  if (!order_key || !provider || expected_minor === null || !delivery) return shown(id)
  const cart = cartOf(id, agent)
  const { name = '', email = '', phone } = choices
  const order_token = orderTokenFor(cart.cart_token, order_key)
  const placed = await placeWithOthers({
    contact: { name, email, ...(phone && { phone }) },
    delivery,
    payment: provider,
    idempotency_key: order_key,
    expected_total_minor: expected_minor,
    order_token,
    ...cart,
  })
  if (!placed.ok) {
    if (callerCodes.has(placed.error.code)) return refused(refusalOf(placed.error))
    return shown(id, [], false, [refusedOrder(placed.error)])
  }
  const { order_id, status } = placed.data
  const completed = await endSession(id, { status: 'completed', order_id })
  if (!completed.ok) return refused(refusalOf(completed.error))
  if (provider === 'sandbox' && status === 'awaiting_payment') await payInSandbox(order_id, order_token)
  return shown(id)
}

/** The sandbox provider pays at once, as it does for people who choose that. */
async function payInSandbox(orderId: string, token: string): Promise<void> {
  const order = await readOrder(orderId, token)
  if (!order) return
  await sendSandboxEvent(order, 'started')
  after(() => playSandbox(order, sandboxPlans.pay))
}

/** The provider of a handler that is offered for this delivery; without a handler, the only one. Null for another. */
function providerOf({ choices }: AgentSession, handler: string | null): PaymentProvider | null {
  const offered = paymentsOf(choices.method ?? 'collection')
  const chosen = handler === null ? offered[0] : offered.find((payment) => payment === handler)
  return chosen === 'pay_on_collection' ? 'on_collection' : (chosen ?? null)
}

function deliveryOf({
  choices: { method, location_id, address },
}: AgentSession): OrderRequest['delivery'] | null {
  if (method === 'collection') return location_id ? { method, location_id } : null
  const whole = Address.safeParse(address)
  return method === 'delivery' && whole.success ? { method, address: whole.data } : null
}

/** Why the order was not placed. Nothing of it was. */
function refusedOrder(refusal: Refusal): Message {
  switch (refusal.code) {
    case 'not_enough_left':
      return errorMessage('out_of_stock', words.notThatMany, { path: '$.line_items' })
    case 'not_for_sale':
      return errorMessage('item_unavailable', words.notForSale, { path: '$.line_items' })
    case 'not_deliverable':
      return errorMessage('address_undeliverable', words.notDelivered)
    case 'price_changed':
      return errorMessage('price_changed', words.priceChanged, { path: '$.totals' })
    case 'proof_needed':
      return errorMessage('buyer_review', words.proofNeeded, { severity: 'requires_buyer_review' })
    default:
      return errorMessage(refusal.code, words.notPlaced)
  }
}
