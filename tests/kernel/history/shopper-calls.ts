import { type Answer, ask, at, type Call } from './call'
import type { Intent } from './intents'
import { emailOf, recentOrders, type World } from './world'

const toHome = {
  method: 'delivery',
  address: { line1: '1 Quay', postcode: '20095', city: 'Hamburg', country: 'DE' },
}

export const shopperCalls = {
  hold: (world: World, { variant, shopper, units }: Intent): Call => {
    const [variantId, { token, network }] = [at(world.variants, variant), at(world.shoppers, shopper)]
    return {
      operation: 'hold_stock',
      send: (sql, key) =>
        ask(sql`select public.hold_stock(${variantId}, ${units}, ${key}, ${token}, ${network}) as answer`),
      about: { cart: token, line: { variantId, by: units } },
    }
  },
  release: (world: World, { variant, shopper, units }: Intent): Call => {
    const [variantId, { token }] = [at(world.variants, variant), at(world.shoppers, shopper)]
    const quantity = units > 2 ? null : units
    return {
      operation: 'release_hold',
      send: (sql, key) =>
        ask(sql`select public.release_hold(${variantId}, ${key}, ${token}, ${quantity}) as answer`),
      about: { cart: token, line: { variantId, by: quantity && -quantity } },
    }
  },
  extend: (world: World, { shopper }: Intent): Call => {
    const { token } = at(world.shoppers, shopper)
    return {
      operation: 'extend_hold',
      send: (sql) => ask(sql`select public.extend_hold(${token}) as answer`),
      about: { cart: token },
    }
  },
  place: (world: World, intent: Intent) => placing(world, intent, 'on_collection'),
  'place and pay later': (world: World, intent: Intent) => placing(world, intent, 'sandbox'),
  cancel: (world: World, { pick }: Intent): Call | undefined => {
    const order = at(recentOrders(world), pick)
    return (
      order && {
        operation: 'cancel_order',
        send: (sql, key) =>
          ask(sql`select public.cancel_order(${order.id}, ${key}, ${order.token}) as answer`),
        about: { order: order.id },
      }
    )
  },
}

function placing(world: World, { shopper }: Intent, payment: 'on_collection' | 'sandbox'): Call {
  const buyer = at(world.shoppers, shopper)
  const { token } = buyer
  const contact = { email: emailOf(world, buyer), name: 'Ada' }
  const delivery =
    payment === 'sandbox' ? toHome : { method: 'collection', location_id: at(world.locations, shopper) }
  return {
    operation: 'place_order',
    send: async (sql, key) => {
      const placed = (await ask(
        sql`select public.place_order(${sql.json(contact)}, ${sql.json(delivery)}, ${payment}, ${key}, ${token}, ${token}) as answer`,
      )) as Answer | undefined
      if (!placed) return undefined
      const items = await ask(
        sql`select jsonb_agg(id order by id) as answer from public.order_items where order_id = ${String(placed.order_id)}`,
      )
      return items && { ...placed, items }
    },
    learn: (answer) =>
      world.orders.push({
        id: String(answer.order_id),
        token,
        paymentId: String(answer.payment_id),
        isPaidAway: payment === 'sandbox',
        total: Number(answer.total_minor),
        items: (answer.items ?? []) as number[],
      }),
    about: { cart: token },
  }
}
