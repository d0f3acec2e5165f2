import { ask, at, type Call } from './call'
import type { Intent } from './intents'
import { recentOrders, type World } from './world'

type Kind = 'captured' | 'declined' | 'refunded'

/** One webhook in so many says another amount than the order's, and one bears a signature that is not the provider's. */
const WRONG_AMOUNT = 25
const FORGED = 40

export const paymentCalls = {
  captured: (world: World, intent: Intent) => webhook(world, intent, 'captured'),
  declined: (world: World, intent: Intent) => webhook(world, intent, 'declined'),
  refunded: (world: World, intent: Intent) => webhook(world, intent, 'refunded'),
  'pay at the counter': (world: World, { pick }: Intent): Call | undefined => {
    const order = at(recentOrders(world), pick)
    return (
      order && {
        operation: 'take_payment',
        send: (sql, key) => ask(sql`select public.take_payment(${order.id}, ${key}) as answer`),
        about: { order: order.id },
      }
    )
  },
}

/** The key is the provider's event: late, repeated and reordered events follow from picking orders at random. */
function webhook(world: World, { pick }: Intent, kind: Kind): Call | undefined {
  const order = at(
    recentOrders(world).filter((each) => each.isPaidAway),
    pick,
  )
  if (!order) return undefined
  return {
    operation: 'receive_payment_event',
    send: (sql, key) => {
      const payload = JSON.stringify({
        provider: 'sandbox',
        event_id: key,
        payment_id: order.paymentId,
        kind,
        amount_minor: pick % WRONG_AMOUNT === 0 ? order.total + 1 : order.total,
      })
      const signature = pick % FORGED === 1 ? world.sign(`${payload} `) : world.sign(payload)
      return ask(sql`select public.receive_payment_event(${payload}, ${signature}) as answer`)
    },
    about: { order: order.id, payment: kind },
  }
}
