import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aShop, connect, deliver } from '@/tests/support/database'
import { explain, quantities, sumOf } from '@/tests/support/shop/explain'
import { aGuest, thePackingTable } from '@/tests/support/shop/shopping'

// Committed, not rolled back: a past moment is one that transactions have begun and ended before.
const sql = connect(8)
afterAll(() => sql.end())

async function aBusyLevel(units: number) {
  const shop = await aShop(sql)
  const [variantId = ''] = shop.variants
  const [locationId] = shop.locations
  await deliver(sql, variantId, locationId, units)
  return { variantId, locationId }
}

test('while others hold, buy, hand over and adjust, the parts of every answer add up', async () => {
  const { variantId, locationId } = await aBusyLevel(60)
  let isOver = false
  const crowd = [1, 2, 3].map(async () => {
    for (let round = 0; round < 8; round++) {
      const guest = aGuest(sql)
      await guest.hold(variantId, 2)
      if (round % 3 === 0) await guest.release(variantId, 1)
      const { order_id } = await guest.place()
      if (round % 2 === 0) await thePackingTable(sql).fulfil(order_id, locationId)
      else await guest.cancel(order_id)
      await sql`select public.adjust_stock(${variantId}, ${locationId}, 1, 'return', ${randomUUID()})`
    }
  })
  const answers: Awaited<ReturnType<typeof explain>>[] = []
  const asking = async () => {
    while (!isOver)
      for (const quantity of quantities) answers.push(await explain(sql, variantId, locationId, quantity))
  }
  const asked = Promise.all([asking(), asking()])
  await Promise.all(crowd).finally(() => {
    isOver = true
  })
  await asked

  expect(answers.length).toBeGreaterThan(quantities.length)
  for (const { units, parts } of answers) expect(sumOf(parts)).toBe(units)
})

test('asked for a past moment, every number is what it was then, and its parts add up', async () => {
  const { variantId, locationId } = await aBusyLevel(12)
  const moments: { at: string; numbers: Record<string, number> }[] = []
  const note = async () => {
    const [row] = await sql`select clock_timestamp()::text as at, on_hand, held, committed, safety, available
      from public.stock_levels where variant_id = ${variantId} and location_id = ${locationId}`
    const { at, ...numbers } = { ...row } as { at: string } & Record<string, number>
    moments.push({ at, numbers: numbers as Record<string, number> })
  }
  const [buyer, waverer] = [aGuest(sql), aGuest(sql)]
  await note()
  await buyer.hold(variantId, 4)
  await waverer.hold(variantId, 3)
  await note()
  await waverer.release(variantId, 2)
  const { order_id, number } = await buyer.place()
  await note()
  const item = (await buyer.order(order_id)).items[0]?.id ?? 0
  await thePackingTable(sql).fulfil(order_id, locationId, [{ order_item_id: item, quantity: 1 }])
  await note()
  await sql`select public.adjust_stock(${variantId}, ${locationId}, -2, 'damage', ${randomUUID()})`
  await buyer.cancel(order_id).catch(() => sql`select public.cancel_order(${order_id}, ${randomUUID()})`)
  await waverer.release(variantId)
  await note()

  for (const { at, numbers } of moments) {
    for (const quantity of quantities) {
      const then = await explain(sql, variantId, locationId, quantity, at)
      expect({ at, quantity, units: then.units }).toEqual({ at, quantity, units: numbers[quantity] })
      expect(sumOf(then.parts)).toBe(then.units)
    }
  }
  expect(moments.map(({ numbers }) => numbers.available)).toEqual([12, 5, 7, 7, 9])
  expect((await explain(sql, variantId, locationId, 'committed', moments[2]?.at)).parts).toMatchObject([
    { kind: 'order', number, units: 4 },
  ])
})
