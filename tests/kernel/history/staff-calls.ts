import { type Answer, ask, at, type Call, type ItemUnits, summed } from './call'
import { importing } from './import-call'
import type { Intent } from './intents'
import { levelKey, recentOrders, type World } from './world'

export const staffCalls = {
  fulfil: (world: World, { pick, place, units }: Intent): Call | undefined => {
    const order = at(recentOrders(world), pick)
    if (!order) return undefined
    const location = at(world.locations, place)
    const lines = [{ order_item_id: at(order.items, pick), quantity: units > 2 ? 1 : units }]
    return {
      operation: 'fulfil_order',
      send: (sql, key) =>
        ask(sql`select public.fulfil_order(${order.id}, ${location}, ${key}, ${sql.json(lines)}) as answer`),
      moves: (answer) => itemMoves(answer, lines, location, -1),
      about: { order: order.id, handsOver: lines },
    }
  },
  'sell at the counter': (world: World, { variant, place, units, pick }: Intent): Call => {
    const location = at(world.locations, place)
    const lines = [variant, variant + 1].map((n) => ({ variant_id: at(world.variants, n), quantity: units }))
    const paid = pick % 2 === 0 ? 'cash' : 'card'
    return {
      operation: 'sell_at_counter',
      send: (sql, key) =>
        ask(
          sql`select public.sell_at_counter(${location}, ${sql.json(lines)}, ${paid}, null, ${key}) as answer`,
        ),
      moves: () => summed(lines.map((line) => [levelKey(line.variant_id, location), -line.quantity])),
    }
  },
  return: (world: World, { pick, place, units }: Intent): Call | undefined => {
    const order = at(recentOrders(world), pick)
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
      about: { order: order.id, takesBack: lines },
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
  import: importing,
  maintenance: (): Call => ({
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

function itemMoves(answer: Answer, lines: ItemUnits[], location: string, sign: 1 | -1) {
  const items = answer.items as { id: number; variant_id: string }[]
  return summed(
    lines.map((line) => [
      levelKey(items.find((item) => item.id === line.order_item_id)?.variant_id ?? 'no such item', location),
      sign * line.quantity,
    ]),
  )
}
