import type { Sql } from 'postgres'
import { type ItemUnits, summed } from '@/tests/kernel/history/call'
import type { World } from '@/tests/kernel/history/world'
import type { Done } from './check'

type Item = {
  id: number
  variant_id: string
  quantity: number
  fulfilled: number
  cancelled: number
  returned: number
}
type Order = {
  id: string
  /** The cart it came from: the person, to a limit. */
  guest: string
  status: string
  captured: number
  refund_due: number
  items: Item[]
}

/** Every acknowledged order exists, no other does, and each is in the state its responses gave. */
export async function orderFaults(sql: Sql, world: World, done: Done[]): Promise<string[]> {
  const orders = await sql<Order[]>`
    select orders.id, encode(orders.guest_hash, 'hex') as guest, orders.status, payment.captured_minor::int as captured, payment.refund_due_minor::int as refund_due,
      (select jsonb_agg(to_jsonb(item)) from public.order_items as item where item.order_id = orders.id) as items
    from public.orders join public.payments as payment on payment.order_id = orders.id
    where orders.email like ${`%@${world.domain}`}`
  const byOrder = Map.groupBy(done, ({ about }) => about.order)
  return [
    ...toldFaults(world, orders),
    ...itemFaults(orders, done),
    ...orders.flatMap((order) => stateFaults(order, byOrder.get(order.id) ?? [])),
    ...limitFaults(world, orders),
  ]
}

function toldFaults(world: World, orders: Order[]): string[] {
  const told = new Set(world.orders.map(({ id }) => id))
  const found = new Set(orders.map(({ id }) => id))
  return [
    ...(told.size < world.orders.length ? ['two calls were given the same order'] : []),
    ...[...found].filter((id) => !told.has(id)).map((id) => `order ${id} exists and nobody was told`),
    ...[...told].filter((id) => !found.has(id)).map((id) => `order ${id} was acknowledged and is gone`),
  ]
}

function itemFaults(orders: Order[], done: Done[]): string[] {
  const handedOver = summed(done.flatMap(({ about }) => lineUnits(about.handsOver)))
  const cameBack = summed(done.flatMap(({ about }) => lineUnits(about.takesBack)))
  return orders
    .flatMap(({ items }) => items)
    .flatMap(({ id, fulfilled, returned }) => {
      const [out, back] = [handedOver.get(String(id)) ?? 0, cameBack.get(String(id)) ?? 0]
      return [
        ...(fulfilled === out ? [] : [`item ${id}: ${fulfilled} handed over, acknowledged ${out}`]),
        ...(returned === back ? [] : [`item ${id}: ${returned} came back, acknowledged ${back}`]),
      ]
    })
}

function stateFaults({ id, status, captured, refund_due }: Order, done: Done[]): string[] {
  const faults: string[] = []
  const isCancelled = done.some(({ operation }) => operation === 'cancel_order')
  if (isCancelled && !['cancelled', 'fulfilled'].includes(status))
    faults.push(`order ${id} was cancelled and is ${status}`)
  const effects = done
    .filter(({ about }) => about.payment === 'captured')
    .map(({ outcome }) => String(outcome.answers[0]?.effect))
  if (effects.filter((effect) => effect !== 'ignored').length > 1)
    faults.push(`order ${id} was paid more than once: ${effects}`)
  if (effects.includes('placed') && !isCancelled && !['placed', 'fulfilled'].includes(status))
    faults.push(`order ${id} was paid and is ${status}`)
  if (effects.includes('refund_due') && refund_due !== captured)
    faults.push(`order ${id}: ${captured} captured without an order, ${refund_due} due back`)
  return faults
}

function limitFaults(world: World, orders: Order[]): string[] {
  const bought = summed(
    orders.flatMap(({ guest, items }) =>
      items
        .filter((item) => item.variant_id === world.limited)
        .map((item) => [guest, item.quantity - item.cancelled] as const),
    ),
  )
  return [...bought]
    .filter(([, units]) => units > world.limit)
    .map(([guest, units]) => `${guest} bought ${units} where ${world.limit} is the limit`)
}

const lineUnits = (lines: ItemUnits[] = []) =>
  lines.map((line) => [String(line.order_item_id), line.quantity] as const)
