import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { connect, deliver } from '@/tests/support/database'
import { aGuest, countsOf, drift, letPass, thePackingTable, theProvider } from '@/tests/support/shop/shopping'
import { stockedVariant as stockedVariantIn, told } from './support/stocked-variant'

// Known faults of other shops with orders and money, each with the test that would have found it. Named after the issue
// that reports it.
const sql = connect(16, process.env.KERNEL_DATABASE_URL)
afterAll(() => sql.end())
const stockedVariant = (units: number) => stockedVariantIn(sql, units)

test('medusa#13625: a checkout that dies leaves nothing reserved for ever', async () => {
  const { variantId } = await stockedVariant(1)
  const guest = aGuest(sql)
  await guest.hold(variantId)
  await guest.place('sandbox')

  await letPass(sql, '20 minutes')

  expect(await told(aGuest(sql).hold(variantId))).toBe('yes')
})

test('medusa#11266: handing over leaves no promise behind', async () => {
  const { variantId, locations } = await stockedVariant(2)
  const guest = aGuest(sql)
  await guest.hold(variantId, 2)
  const placed = await guest.place()

  await thePackingTable(sql).fulfil(placed.order_id, locations[0])

  expect(await countsOf(sql, variantId)).toEqual({ on_hand: 0, held: 0, committed: 0, available: 0 })
})

test('medusa#11703, vendure#1250, #2874: every step has an inverse that restores every number', async () => {
  const { variantId, locations } = await stockedVariant(3)
  const [guest, table] = [aGuest(sql), thePackingTable(sql)]
  const before = await countsOf(sql, variantId)

  await guest.hold(variantId, 2)
  await guest.release(variantId, 2)
  expect(await countsOf(sql, variantId)).toEqual(before)

  await guest.hold(variantId, 2)
  await guest.cancel((await guest.place()).order_id)
  expect(await countsOf(sql, variantId)).toEqual(before)

  await guest.hold(variantId, 2)
  const { order_id, items } = await table.fulfil((await guest.place()).order_id, locations[0])
  await table.returnItems(
    order_id,
    locations[0],
    items.map((item) => ({ order_item_id: item.id, quantity: item.quantity, outcome: 'restock' })),
  )
  expect(await countsOf(sql, variantId)).toEqual(before)
  expect(await drift(sql)).toEqual([])
})

test('medusa#6500: an order can be handed over although nothing is available any more', async () => {
  const { variantId, locations } = await stockedVariant(1)
  const guest = aGuest(sql)
  await guest.hold(variantId)
  const placed = await guest.place()
  expect(await countsOf(sql, variantId)).toMatchObject({ available: 0 })

  expect(await told(thePackingTable(sql).fulfil(placed.order_id, locations[0]))).toBe('yes')
})

test('medusa#5198, vendure#1571: one order claims its units once, however often it is sent', async () => {
  const { variantId } = await stockedVariant(9)
  const guest = aGuest(sql)
  await guest.hold(variantId, 2)
  const key = randomUUID()

  const orders = await Promise.all(Array.from({ length: 8 }, () => guest.place('on_collection', key)))

  expect(new Set(orders.map((order) => order.order_id)).size).toBe(1)
  expect(await countsOf(sql, variantId)).toMatchObject({ committed: 2, available: 7 })
})

test('medusa#4946, nextjs-starter-medusa#453: units of a payment in progress cannot be sold', async () => {
  const { variantId } = await stockedVariant(1)
  const provider = await theProvider(sql)
  const guest = aGuest(sql)
  await guest.hold(variantId)
  const placed = await guest.place('sandbox')

  const [paid, rival] = await Promise.all([
    provider(placed.payment_id, 'captured', placed.total_minor),
    told(aGuest(sql).hold(variantId)),
  ])

  expect([paid.effect, rival]).toEqual(['placed', 'not_enough_left'])
})

test('medusa#16398: money that led to no order is in the queue until it is back', async () => {
  const { variantId } = await stockedVariant(1)
  const provider = await theProvider(sql)
  const guest = aGuest(sql)
  await guest.hold(variantId)
  const placed = await guest.place('sandbox')
  await guest.cancel(placed.order_id)

  expect(await provider(placed.payment_id, 'captured', placed.total_minor)).toMatchObject({
    effect: 'refund_due',
  })

  const queue = () =>
    sql`select problem from public.unresolved_payments() where order_id = ${placed.order_id}`
  expect(await queue()).toMatchObject([{ problem: 'refund_due' }])
  await provider(placed.payment_id, 'refunded', placed.total_minor)
  expect(await queue()).toHaveLength(0)
})

test('medusa#2948, saleor#14890: webhook, browser and cancellation at once end well, whoever is first', async () => {
  const { variantId, siblingId, locations } = await stockedVariant(40)
  await deliver(sql, siblingId, locations[0], 40)
  const provider = await theProvider(sql)

  const endings = await Promise.all(
    Array.from({ length: 12 }, async (_, n) => {
      const guest = aGuest(sql)
      for (const id of n % 2 ? [variantId, siblingId] : [siblingId, variantId]) await guest.hold(id)
      const placed = await guest.place('sandbox')
      const event = `${placed.payment_id} paid`
      return Promise.all([
        told(provider(placed.payment_id, 'captured', placed.total_minor, event)),
        told(guest.cancel(placed.order_id)),
        told(provider(placed.payment_id, 'captured', placed.total_minor, event)),
      ])
    }),
  )

  expect(new Set(endings.flat())).toEqual(new Set(['yes']))
  expect(await drift(sql)).toEqual([])
})

test('vendure#1557: cancelling before it is paid gives back exactly what was held', async () => {
  const { variantId } = await stockedVariant(3)
  const guest = aGuest(sql)
  await guest.hold(variantId, 2)
  const placed = await guest.place('sandbox')

  await guest.cancel(placed.order_id)

  expect(await countsOf(sql, variantId)).toEqual({ on_hand: 3, held: 0, committed: 0, available: 3 })
})

test('saleor#5334, shopper#591: an order and its units are one transaction', async () => {
  const { variantId } = await stockedVariant(30)
  const buyers = Array.from({ length: 12 }, () => aGuest(sql))
  await Promise.all(buyers.map((buyer) => buyer.hold(variantId, 2)))

  await Promise.all(buyers.map((buyer) => buyer.place()))

  const [bare] = await sql`select count(*)::int as orders from public.order_items as item
    where item.variant_id = ${variantId}
      and not exists (select from public.claims where claims.order_item_id = item.id)`
  expect(bare).toEqual({ orders: 0 })
  expect(await countsOf(sql, variantId)).toMatchObject({ committed: 24 })
})

test('saleor#11069: a payment in progress makes no other shopper wait for a lock', async () => {
  const { variantId } = await stockedVariant(2)
  const payer = aGuest(sql)
  await payer.hold(variantId)
  await payer.place('sandbox')

  const placed = await sql.begin(async (tx) => {
    await tx`set local lock_timeout = 1`
    const rival = aGuest(tx)
    await rival.hold(variantId)
    return rival.place()
  })

  expect(placed).toMatchObject({ status: 'placed' })
})
