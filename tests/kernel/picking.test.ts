import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TransactionSql } from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { actAs, aShop, type Caller, connect, deliver, person } from '@/tests/support/database'
import { aPicker, type Pick, queueOf, skuOf } from '@/tests/support/shop/picking'
import { aGuest, drift, letPass } from '@/tests/support/shop/shopping'

// A stock room on a bad day: the network goes, people walk off, phones send twice. The clock is the test's.
const PICKERS = 20
const ORDERS = 250
const LINES = 4

const sql = connect(PICKERS + 2, process.env.KERNEL_DATABASE_URL)
afterAll(() => sql.end())

/** One call of one staff member, in its own transaction, as the Data API makes it. */
const as = <T>(who: Caller, call: (tx: TransactionSql) => Promise<T>) =>
  sql.begin(async (tx) => {
    await actAs(tx, who)
    return call(tx)
  })

/** The response, or null when another staff member has the order or it is done: a picker continues with the next. */
const unlessTaken = <T>(work: Promise<T>): Promise<T | null> =>
  work.catch((error: Error) => {
    if (['order_claimed', 'nothing_to_pick'].includes(error.message)) return null
    throw error
  })

/** Chance that can be told again: printed with a failure. */
function chance(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface Line {
  order_item_id: bigint
  sku: string
  location_id: string
  quantity: number
}

async function aFullShop() {
  const shop = await aShop(sql, 40)
  for (const variantId of shop.variants) await deliver(sql, variantId, shop.locations[0], 200)
  for (let n = 0; n < ORDERS; n += 1) {
    const guest = aGuest(sql)
    for (let line = 0; line < LINES; line += 1)
      await guest.hold(shop.variants[(n * LINES + line) % 40] ?? '', 1 + ((n + line) % 3))
    await guest.place()
  }
  return shop
}

test('twenty pickers and a thousand lines on a bad network: every line is picked once', async () => {
  const { locations } = await aFullShop()
  const [here] = locations
  const pickers = await Promise.all(Array.from({ length: PICKERS }, () => person(sql, 'stock')))
  // By key, because an answer that came twice is one pick.
  const acknowledged = new Map<string, { line: bigint; units: number }>()
  let [walkedOff, late, twice] = [0, 0, 0]
  let isDone = false

  const scan = async (who: Caller, order: string, line: Line, units: number, key: string = randomUUID()) => {
    const picked: Pick | null = await unlessTaken(
      as(who, (tx) => aPicker(tx).pick(order, line.location_id, line.sku, units, key)),
    )
    if (picked) acknowledged.set(key, { line: picked.order_item_id, units })
    return picked
  }

  const work = async (who: Caller, seed: number) => {
    const roll = chance(seed)
    const forgotten: { order: string; line: Line }[] = []
    while (!isDone) {
      const order = await as(who, (tx) => aPicker(tx).claimNext(here))
      if (order === null) {
        const [open] =
          await sql`select from public.order_queue where stage = 'to_pick' and ${here} = any (locations) limit 1`
        if (!open) isDone = true
        await sleep(20)
        continue
      }
      const lines = await as(
        who,
        (tx) => tx<Line[]>`select order_item_id, sku, location_id, quantity - picked as quantity
        from public.pick_lines where order_id = ${order} and quantity > picked`,
      )
      for (const line of lines) {
        if (roll() < 0.06) {
          // The network is gone, or the person. Nobody is told.
          forgotten.push({ order, line })
          walkedOff += 1
          break
        }
        const key = randomUUID()
        const units = roll() < 0.5 ? line.quantity : 1
        const picked = await scan(who, order, line, units, key)
        if (picked && roll() < 0.15) {
          // The answer was lost on the way, so the phone asks again, here and there at once.
          expect(
            await Promise.all([scan(who, order, line, units, key), scan(who, order, line, units, key)]),
          ).toEqual([picked, picked])
          twice += 1
        }
        if (!picked) break
        for (let unit = units; unit < line.quantity; unit += 1) await scan(who, order, line, 1)
      }
      const memory = forgotten[0]
      if (memory && roll() < 0.3) {
        // Back from the dead, with yesterday's page still open.
        forgotten.shift()
        if (await scan(who, memory.order, memory.line, 1)) late += 1
      }
    }
  }

  // Time passes all the while, so that leases end in the middle of everything.
  const time = (async () => {
    while (!isDone) {
      await letPass(sql, '1 second')
      await sleep(20)
    }
  })()
  await Promise.all([...pickers.map((who, n) => work(who, n + 1)), time])

  const lines = await sql`select line.order_item_id, line.quantity, line.picked
    from public.pick_lines as line where line.location_id = ${here}`
  expect(lines).toHaveLength(ORDERS * LINES)
  const scanned = new Map<bigint, number>()
  for (const { line, units } of acknowledged.values()) scanned.set(line, (scanned.get(line) ?? 0) + units)
  expect(lines.filter(({ quantity, picked }) => picked !== quantity)).toEqual([])
  expect(lines.filter(({ order_item_id, quantity }) => scanned.get(order_item_id) !== quantity)).toEqual([])
  expect(Math.min(walkedOff, late, twice), 'each kind of trouble happened').toBeGreaterThan(0)
  expect(await drift(sql)).toEqual([])
})

test('orders of twenty lost pickers are available to twenty others after 30 seconds, and not before', async () => {
  const { variants, locations } = await aShop(sql)
  const [variantId = ''] = variants
  await deliver(sql, variantId, locations[0], PICKERS * 2)
  for (let n = 0; n < PICKERS; n += 1) {
    const guest = aGuest(sql)
    await guest.hold(variantId, 2)
    await guest.place()
  }
  const team = () => Promise.all(Array.from({ length: PICKERS }, () => person(sql, 'stock')))
  const [gone, fresh] = [await team(), await team()]
  const claim = async (who: Caller) => as(who, (tx) => aPicker(tx).claimNext(locations[0]))
  const left: string[] = []
  for (const who of gone) {
    const order = await claim(who)
    if (order === null) throw new Error('every one of them gets an order')
    await as(who, (tx) => aPicker(tx).pick(order, locations[0], skuOf(variantId)))
    left.push(order)
  }
  const [lease] =
    await sql`select min(leased_until) - private.clock() as first, max(leased_until) - private.clock() as last
    from public.order_picking where order_id = any (${left})`

  await sql`update private.clock_offset set ahead = ahead + ${lease?.first}::interval - interval '2 seconds'`
  expect(await Promise.all(fresh.map(claim))).toEqual(fresh.map(() => null))
  await sql`update private.clock_offset set ahead = ahead + ${lease?.last}::interval - ${lease?.first}::interval + interval '2 seconds'`
  const back: string[] = []
  for (const who of fresh) back.push((await claim(who)) ?? 'none')

  expect(back.toSorted()).toEqual(left.toSorted())
  expect(await queueOf(sql, left[0] ?? '')).toMatchObject({ to_pick: 1, ready: 1 })
  expect(await drift(sql)).toEqual([])
})
