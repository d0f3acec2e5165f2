import { isDeepStrictEqual } from 'node:util'
import type { Sql } from 'postgres'
import { aGuest, letPass } from '@/tests/support/shopping'
import { summed } from './calls'
import type { Entry, History } from './history'
import { levelKey, type World } from './world'

type Done = Extract<Entry['outcome'], { is: 'done' }>
const EXPECTED = new Set([
  'not_enough_left',
  'limit_reached',
  'cart_empty',
  'not_found',
  'order_not_open',
  'not_allocated_here',
  'not_handed_over',
  'insufficient_stock',
  'stock_moved',
])

/** What is wrong with a history: nothing, or sentences. Reads the shop as it is now and compares it with paper. */
export async function faultsIn(sql: Sql, world: World, { entries, seen }: History): Promise<string[]> {
  const faults = [...new Set(seen)]
  const done = entries.flatMap((entry) =>
    entry.outcome.is === 'done' ? [{ ...entry, outcome: entry.outcome }] : [],
  )

  for (const { operation, outcome } of entries) {
    if (outcome.is === 'broken') faults.push(`${operation} broke: ${outcome.error}`)
    if (outcome.is === 'refused') {
      if (!EXPECTED.has(outcome.code))
        faults.push(`${operation} was refused with ${outcome.code} ${JSON.stringify(outcome.detail)}`)
      for (const short of (outcome.detail.short ?? []) as { wanted?: number; left?: number }[]) {
        if (short.left !== undefined && Number(short.left) >= Number(short.wanted))
          faults.push(`${operation} refused ${short.wanted} though ${short.left} were left`)
      }
    }
  }
  for (const { operation, key, outcome } of done) {
    // Of release_expired_holds and extend_hold, which need no key, only the effect is the same.
    if (operation === 'release_expired_holds' || operation === 'extend_hold' || operation === 'time passes')
      continue
    if (!outcome.answers.every((answer) => isDeepStrictEqual(answer, outcome.answers[0])))
      faults.push(
        `${operation} ${key} answered differently the second time: ${JSON.stringify(outcome.answers)}`,
      )
  }
  faults.push(...(await unitFaults(sql, world, done)))
  faults.push(...(await orderFaults(sql, world, done)))
  for (const row of await sql`select * from private.inventory_drift()`)
    faults.push(`drift: ${JSON.stringify(row)}`)
  faults.push(...(await restFaults(sql, world)))
  return faults
}

/** Units are neither made nor lost: what was there, plus everything acknowledged, is what is there. */
async function unitFaults(sql: Sql, world: World, done: { outcome: Done }[]) {
  const paper = summed([...world.start, ...done.flatMap(({ outcome }) => [...outcome.moves])])
  const rows =
    await sql`select variant_id, location_id, on_hand from public.stock_levels where variant_id = any(${world.variants}::uuid[])`
  const counted = new Map(
    rows.map((row) => [levelKey(row.variant_id, row.location_id), row.on_hand as number]),
  )
  return [...new Set([...paper.keys(), ...counted.keys()])].flatMap((level) => {
    const [expected, actual] = [paper.get(level) ?? 0, counted.get(level) ?? 0]
    return expected === actual
      ? []
      : [`level ${level}: acknowledged calls leave ${expected} units, the shop counts ${actual}`]
  })
}

/** Every order somebody was told about exists, nobody else's does, and each is in the state its answers say. */
async function orderFaults(sql: Sql, world: World, done: (Entry & { outcome: Done })[]) {
  const faults: string[] = []
  const orders = await sql`
    select orders.id, orders.email, orders.status, payment.captured_minor::int as captured, payment.refund_due_minor::int as refund_due,
      (select jsonb_agg(to_jsonb(item)) from public.order_items as item where item.order_id = orders.id) as items
    from public.orders join public.payments as payment on payment.order_id = orders.id
    where orders.email like ${`%@${world.domain}`}`
  const told = new Set(world.orders.map((order) => order.id))
  if (told.size !== world.orders.length) faults.push('two calls were given the same order')
  for (const order of orders)
    if (!told.has(order.id)) faults.push(`order ${order.id} exists and nobody was told`)
  const found = new Set(orders.map((order) => order.id as string))
  for (const id of told) if (!found.has(id)) faults.push(`order ${id} was acknowledged and is gone`)

  const handedOver = summed(done.filter((entry) => entry.about.handsOver).flatMap(lineUnits))
  const cameBack = summed(done.filter((entry) => entry.about.takesBack).flatMap(lineUnits))
  const cancelled = new Set(
    done.filter((entry) => entry.operation === 'cancel_order').map((entry) => entry.about.order),
  )
  const captures = done.filter((entry) => entry.about.kind === 'captured')
  const bought = new Map<string, number>()
  for (const order of orders) {
    for (const item of order.items as {
      id: number
      variant_id: string
      quantity: number
      fulfilled: number
      cancelled: number
      returned: number
    }[]) {
      if (item.fulfilled !== (handedOver.get(String(item.id)) ?? 0))
        faults.push(
          `item ${item.id}: ${item.fulfilled} handed over, acknowledged ${handedOver.get(String(item.id)) ?? 0}`,
        )
      if (item.returned !== (cameBack.get(String(item.id)) ?? 0))
        faults.push(
          `item ${item.id}: ${item.returned} came back, acknowledged ${cameBack.get(String(item.id)) ?? 0}`,
        )
      if (item.variant_id === world.limited)
        bought.set(order.email, (bought.get(order.email) ?? 0) + item.quantity - item.cancelled)
    }
    if (cancelled.has(order.id) && !['cancelled', 'fulfilled'].includes(order.status))
      faults.push(`order ${order.id} was cancelled and is ${order.status}`)
    const effects = captures
      .filter((entry) => entry.about.order === order.id)
      .map((entry) => String(entry.outcome.answers[0]?.effect))
    if (effects.filter((effect) => effect !== 'ignored').length > 1)
      faults.push(`order ${order.id} was paid more than once: ${effects}`)
    if (
      effects.includes('placed') &&
      !cancelled.has(order.id) &&
      !['placed', 'fulfilled'].includes(order.status)
    )
      faults.push(`order ${order.id} was paid and is ${order.status}`)
    if (effects.includes('refund_due') && order.refund_due !== order.captured)
      faults.push(`order ${order.id}: ${order.captured} captured in vain, ${order.refund_due} due back`)
  }
  for (const [email, units] of bought)
    if (units > world.limit) faults.push(`${email} bought ${units} where ${world.limit} is the limit`)
  return faults
}

const lineUnits = (entry: Entry) =>
  (entry.about.lines as { order_item_id: number; quantity: number }[]).map(
    (line) => [String(line.order_item_id), line.quantity] as const,
  )

/** When everybody has gone and every hold has run out, what is available can be bought to the last unit, and no more. */
async function restFaults(sql: Sql, world: World) {
  const faults: string[] = []
  await letPass(sql, '2 hours')
  for (const variantId of world.variants.filter((id) => id !== world.limited)) {
    const [open] =
      await sql`select coalesce(sum(item.quantity - item.cancelled - item.fulfilled), 0)::int as units
      from public.order_items as item join public.orders on orders.id = item.order_id
      where item.variant_id = ${variantId} and orders.status = 'placed'`
    const [onHand] = await sql`select on_hand from public.availability where variant_id = ${variantId}`
    const free = Number(onHand?.on_hand) - Number(open?.units)
    if (free < 0) faults.push(`variant ${variantId} is oversold by ${-free}`)
    const last = aGuest(sql)
    try {
      for (let rest = free; rest > 0; rest -= 99) {
        const guest = rest > 99 ? aGuest(sql) : last
        await guest.hold(variantId, Math.min(rest, 99))
      }
    } catch (error) {
      faults.push(`variant ${variantId} has ${free} free units that cannot be had: ${error}`)
    }
    const oneMore = await aGuest(sql)
      .hold(variantId, 1)
      .then(
        () => 'held',
        (error: Error) => error.message,
      )
    if (oneMore !== 'not_enough_left')
      faults.push(`variant ${variantId}: one more than there is was ${oneMore}`)
  }
  return faults
}
