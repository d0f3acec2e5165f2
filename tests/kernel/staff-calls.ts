import type { Sql } from 'postgres'
import type { Intent } from './intents'
import { emailOf, levelKey, type World } from './world'

/** One call to the shop: what is sent (the same text however often), and what its success means on paper. */
export type Call = {
  operation: string
  send: (sql: Sql, key: string) => Promise<unknown>
  /** Units that come to (+) or leave (-) a level when it succeeds; the answer decides where it must. */
  moves?: (answer: Answer) => Map<string, number>
  /** Called once for the first good answer. */
  learn?: (answer: Answer) => void
  about?: Record<string, unknown>
}
export type Answer = Record<string, unknown>

const contact = (email: string) => ({ email, name: 'Ada' })
const delivery = {
  method: 'delivery',
  address: { line1: '1 Quay', postcode: '20095', city: 'Hamburg', country: 'DE' },
}
const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T

const ask = (query: PromiseLike<readonly { [name: string]: unknown }[]>): Promise<unknown> =>
  Promise.resolve(query).then((rows) => rows[0]?.answer)

/** The call an intent comes to in this world, or undefined when there is nothing yet to do it to. */
export function callFor(world: World, intent: Intent): Call | undefined {
  return intent.does in staffCalls
    ? staffCalls[intent.does as keyof typeof staffCalls](world, intent)
    : shopperCalls[intent.does as keyof typeof shopperCalls](world, intent)
}

const shopperCalls = {
  hold: (world: World, { variant, shopper, units }: Intent): Call => ({
    operation: 'hold_stock',
    send: (sql, key) =>
      ask(
        sql`select public.hold_stock(${at(world.variants, variant)}, ${units}, ${key}, ${at(world.shoppers, shopper).token}) as answer`,
      ),
  }),
  release: (world: World, { variant, shopper, units }: Intent): Call => ({
    operation: 'release_hold',
    send: (sql, key) =>
      ask(
        sql`select public.release_hold(${at(world.variants, variant)}, ${key}, ${at(world.shoppers, shopper).token}, ${units > 2 ? null : units}) as answer`,
      ),
  }),
  extend: (world: World, { shopper }: Intent): Call => ({
    operation: 'extend_hold',
    send: (sql) => ask(sql`select public.extend_hold(${at(world.shoppers, shopper).token}) as answer`),
  }),
  place: (world: World, intent: Intent) => placing(world, intent, 'on_collection'),
  'place and pay later': (world: World, intent: Intent) => placing(world, intent, 'sandbox'),
  captured: (world: World, intent: Intent) => paying(world, intent, 'captured'),
  declined: (world: World, intent: Intent) => paying(world, intent, 'declined'),
  refunded: (world: World, intent: Intent) => paying(world, intent, 'refunded'),
  cancel: (world: World, { pick }: Intent): Call | undefined => {
    const order = at(world.orders, pick)
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
  const email = emailOf(world, buyer)
  return {
    operation: 'place_order',
    send: async (sql, key) => {
      const placed = (await ask(
        sql`select public.place_order(${sql.json(contact(email))}, ${sql.json(delivery)}, ${payment}, ${key}, ${token}, ${token}) as answer`,
      )) as Answer | undefined
      if (!placed) return undefined
      const items =
        await sql`select id from public.order_items where order_id = ${String(placed.order_id)} order by id`
      return items.length > 0 ? { ...placed, items: items.map((item) => item.id) } : undefined
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
  }
}

function paying(
  world: World,
  { pick }: Intent,
  kind: 'captured' | 'declined' | 'refunded',
): Call | undefined {
  const order = at(world.orders.filter((each) => each.isPaidAway).slice(-40), pick)
  if (!order) return undefined
  return {
    operation: 'receive_payment_event',
    send: (sql, key) => {
      const payload = JSON.stringify({
        provider: 'sandbox',
        event_id: key,
        payment_id: order.paymentId,
        kind,
        amount_minor: order.total,
      })
      return ask(sql`select public.receive_payment_event(${payload}, ${world.sign(payload)}) as answer`)
    },
    about: { order: order.id, kind },
  }
}

const staffCalls = {
  fulfil: (world: World, { pick, place, units }: Intent): Call | undefined => {
    const order = at(world.orders, pick)
    if (!order) return undefined
    const location = at(world.locations, place)
    const lines = [{ order_item_id: at(order.items, pick), quantity: units > 2 ? 1 : units }]
    return {
      operation: 'fulfil_order',
      send: (sql, key) =>
        ask(sql`select public.fulfil_order(${order.id}, ${location}, ${key}, ${sql.json(lines)}) as answer`),
      moves: (answer) => itemMoves(answer, lines, location, -1),
      about: { order: order.id, lines, handsOver: true },
    }
  },
  return: (world: World, { pick, place, units }: Intent): Call | undefined => {
    const order = at(world.orders, pick)
    if (!order) return undefined
    const location = at(world.locations, place)
    const lines = [
      { order_item_id: at(order.items, pick), quantity: 1, outcome: units === 1 ? 'damaged' : 'restock' },
    ]
    return {
      operation: 'return_items',
      send: (sql, key) =>
        ask(sql`select public.return_items(${order.id}, ${location}, ${sql.json(lines)}, ${key}) as answer`),
      moves: (answer) => (units === 1 ? new Map() : itemMoves(answer, lines, location, 1)),
      about: { order: order.id, lines, takesBack: true },
    }
  },
  adjust: (world: World, { variant, place, units, pick }: Intent): Call => {
    const [variantId, location, delta] = [
      at(world.variants, variant),
      at(world.locations, place),
      pick % 2 ? units : -units,
    ]
    return {
      operation: 'adjust_stock',
      send: (sql, key) =>
        ask(
          sql`select to_jsonb(level) as answer from public.adjust_stock(${variantId}, ${location}, ${delta}, 'correction', ${key}) as level`,
        ),
      moves: () => new Map([[levelKey(variantId, location), delta]]),
    }
  },
  recount: (world: World, { variant, place, units }: Intent): Call => {
    const [variantId, location] = [at(world.variants, variant), at(world.locations, place)]
    let seen: number | undefined
    return {
      operation: 'recount_stock',
      send: async (sql, key) => {
        const [level] =
          await sql`select on_hand from public.stock_levels where variant_id = ${variantId} and location_id = ${location}`
        seen ??= (level?.on_hand as number | undefined) ?? 0
        return ask(
          sql`select to_jsonb(level) as answer from public.recount_stock(${variantId}, ${location}, ${seen}, ${Math.max(0, seen + units - 2)}, ${key}) as level`,
        )
      },
      moves: () =>
        new Map([[levelKey(variantId, location), Math.max(0, (seen ?? 0) + units - 2) - (seen ?? 0)]]),
    }
  },
  receive: (world: World, { variant, place, units }: Intent): Call => {
    const location = at(world.locations, place)
    const lines = [variant, variant + 1, variant].map((n) => ({
      variant_id: at(world.variants, n),
      quantity: units,
    }))
    return {
      operation: 'receive_stock',
      send: (sql, key) =>
        ask(
          sql`select jsonb_agg(to_jsonb(level)) as answer from public.receive_stock(${location}, ${sql.json(lines)}, 'DN', ${key}) as level`,
        ),
      moves: () => summed(lines.map((line) => [levelKey(line.variant_id, location), line.quantity])),
    }
  },
  transfer: (world: World, { variant, place, units }: Intent): Call => {
    const [from, to] = [at(world.locations, place), at(world.locations, place + 1)]
    const lines = [variant + 3, variant].map((n) => ({ variant_id: at(world.variants, n), quantity: units }))
    return {
      operation: 'transfer_stock',
      send: (sql, key) =>
        ask(
          sql`select jsonb_agg(to_jsonb(level)) as answer from public.transfer_stock(${from}, ${to}, ${sql.json(lines)}, ${key}) as level`,
        ),
      moves: () =>
        summed(
          lines.flatMap((line) => [
            [levelKey(line.variant_id, from), -line.quantity],
            [levelKey(line.variant_id, to), line.quantity],
          ]),
        ),
    }
  },
  tidy: (): Call => ({
    operation: 'release_expired_holds',
    send: (sql) => ask(sql`select to_jsonb(public.release_expired_holds()) as answer`),
  }),
  'time passes': (_: World, { units }: Intent): Call => ({
    operation: 'time passes',
    send: (sql) =>
      ask(
        sql`update private.clock_offset set ahead = ahead + make_interval(mins => ${units * 2}) returning 'null'::jsonb as answer`,
      ),
  }),
}

function itemMoves(
  answer: Answer,
  lines: { order_item_id: number; quantity: number }[],
  location: string,
  sign: 1 | -1,
) {
  const items = answer.items as { id: number; variant_id: string }[]
  return summed(
    lines.map((line) => [
      levelKey(items.find((item) => item.id === line.order_item_id)?.variant_id ?? 'no such item', location),
      sign * line.quantity,
    ]),
  )
}

export function summed(entries: readonly (readonly (string | number)[])[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const [key, units] of entries) sums.set(String(key), (sums.get(String(key)) ?? 0) + Number(units))
  return sums
}
