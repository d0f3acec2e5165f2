import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, connect, deliver, rolledBack } from '@/tests/support/database'
import { aGuest, countsOf, drift, letPass, shelfOf } from '@/tests/support/shop/shopping'
import { count, stockedVariant as stockedVariantIn, told } from './support/stocked-variant'

// Known faults of other shops with units and carts, each with the test that would have found it. Named after the issue
// that reports it.
const sql = connect(16, process.env.KERNEL_DATABASE_URL)
afterAll(() => sql.end())
const stockedVariant = (units: number) => stockedVariantIn(sql, units)

test('medusa#16569, vendure#3508, saleor#543, magento/inventory#3036: sixteen want the last unit, one gets it', async () => {
  const { variantId } = await stockedVariant(1)

  const answers = await Promise.all(Array.from({ length: 16 }, () => told(aGuest(sql).hold(variantId))))

  expect([count(answers, 'yes'), count(answers, 'not_enough_left')]).toEqual([1, 15])
  expect(await countsOf(sql, variantId)).toMatchObject({ held: 1, available: 0 })
})

test('medusa#16502, vendure#2702, #2736, #1028: one variant is one line, however often it is added', async () => {
  const { variantId } = await stockedVariant(3)
  const guest = aGuest(sql)

  const answers = await Promise.all(Array.from({ length: 4 }, () => told(guest.hold(variantId))))

  expect([count(answers, 'yes'), count(answers, 'not_enough_left')]).toEqual([3, 1])
  expect((await guest.cart()).lines).toMatchObject([{ quantity: 3, held: 3 }])
})

test('medusa#12401, #11131: what is held is the sum of living holds, whatever is released how often', async () => {
  const { variantId } = await stockedVariant(3)
  const guest = aGuest(sql)
  await guest.hold(variantId, 2)

  await Promise.all(Array.from({ length: 8 }, () => told(guest.release(variantId))))

  expect(await countsOf(sql, variantId)).toMatchObject({ held: 0, available: 3 })
  expect(await drift(sql)).toEqual([])
})

test('vendure#1738: units in a cart are not yet committed, and the order reports it', async () => {
  const { variantId } = await stockedVariant(1)
  const slow = aGuest(sql)
  await slow.hold(variantId)
  await letPass(sql, '11 minutes')
  await aGuest(sql).hold(variantId)

  expect(await told(slow.place())).toBe('not_enough_left')
})

test('vendure#1023, saleor#10659, #13626: a refusal changes nothing and has a name', async () => {
  const { variantId } = await stockedVariant(2)
  const guest = aGuest(sql)
  await guest.hold(variantId, 2)
  const [cart, counts] = [await guest.cart(), await countsOf(sql, variantId)]

  expect(await told(guest.hold(variantId, 3))).toBe('not_enough_left')

  expect((await guest.cart()).lines).toEqual(cart.lines)
  expect(await countsOf(sql, variantId)).toEqual(counts)
})

test('saleor#10877: units that others hold are out of stock wherever the shop shows them', async () => {
  const { variantId } = await stockedVariant(1)
  await aGuest(sql).hold(variantId)

  expect(await shelfOf(sql, variantId)).toEqual({ band: 'out', left: null })
  expect(await countsOf(sql, variantId)).toMatchObject({ on_hand: 1, available: 0 })
})

test('vendure#661: a number that does not add up is found, not waited for', async () => {
  const { variantId } = await stockedVariant(2)

  const found = await rolledBack(sql, async (tx) => {
    await tx`alter table public.stock_levels disable trigger user`
    await tx`update public.stock_levels set held = held + 1, available = available - 1 where variant_id = ${variantId}`
    return tx`select aggregate from public.verify_inventory() where variant_id = ${variantId} order by 1`
  })

  expect([...found]).toContainEqual({ aggregate: 'claims' })
})

test('supabase-js#87: no client writes a number it has read, whatever its key', async () => {
  const { variantId } = await stockedVariant(2)

  for (const role of ['anon', 'authenticated', 'service_role'] as const) {
    const answer = rolledBack(sql, async (tx) => {
      await actAs(tx, { role })
      await tx`update public.stock_levels set on_hand = 1, available = 1 where variant_id = ${variantId}`
    })
    expect(await told(answer)).toBe('permission denied for table stock_levels')
  }
})

test('saleor#17170: few units in one place do not make those in another unsellable', async () => {
  const { variantId, locations } = await stockedVariant(1)
  await deliver(sql, variantId, locations[1], 5)
  await sql`select public.adjust_stock(${variantId}, ${locations[0]}, -1, 'damage', ${randomUUID()})`

  expect(await told(aGuest(sql).hold(variantId, 5))).toBe('yes')
})

test('The-Leetcode-City#1654: of sixty in a rush on twenty units twenty are served, none waits for ever', async () => {
  const { variantId } = await stockedVariant(20)
  const buyers = Array.from({ length: 60 }, () => aGuest(sql))

  const answers = await Promise.all(
    buyers.map((buyer) => told(buyer.hold(variantId).then(() => buyer.place()))),
  )

  expect([count(answers, 'yes'), count(answers, 'not_enough_left')]).toEqual([20, 40])
  expect(await countsOf(sql, variantId)).toEqual({ on_hand: 20, held: 0, committed: 20, available: 0 })
  expect(await drift(sql)).toEqual([])
})
