import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { connect, deliver, rolledBack, type Tx } from '@/tests/support/database'
import { anOrder, stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, countsOf, drift, endOverdue, letPass, thePackingTable } from '@/tests/support/shop/shopping'
import { cannotBuy, joinWaitlist, soldOut, statusesOf } from '@/tests/support/waitlist/waitlist'

const sql = connect(2)
afterAll(() => sql.end())

const waysBack: Record<string, (tx: Tx) => Promise<string>> = {
  'a hold that lapsed, by the job': async (tx) => {
    const { variantId } = await stockedVariant(tx, 1)
    await aGuest(tx).hold(variantId)
    await joinWaitlist(tx, variantId, 1)
    await letPass(tx, '11 minutes')
    await endOverdue(tx)
    return variantId
  },
  'a hold that lapsed and that another visitor asked for': async (tx) => {
    const { variantId } = await stockedVariant(tx, 1)
    await aGuest(tx).hold(variantId)
    await joinWaitlist(tx, variantId, 1)
    await letPass(tx, '11 minutes')
    // The rival's call is refused, and with it what it did.
    await cannotBuy(tx, variantId)
    await endOverdue(tx)
    return variantId
  },
  'a cart that was emptied': async (tx) => {
    const { variantId } = await stockedVariant(tx, 1)
    const guest = aGuest(tx)
    await guest.hold(variantId)
    await joinWaitlist(tx, variantId, 1)
    await guest.release(variantId)
    return variantId
  },
  'an order that was cancelled': async (tx) => {
    const { variantId } = await stockedVariant(tx, 1)
    const { guest, placed } = await anOrder(tx, variantId, 1)
    await joinWaitlist(tx, variantId, 1)
    await guest.cancel(placed.order_id)
    return variantId
  },
  'an order that was not paid in time': async (tx) => {
    const { variantId } = await stockedVariant(tx, 1)
    await anOrder(tx, variantId, 1, 'sandbox')
    await joinWaitlist(tx, variantId, 1)
    await letPass(tx, '2 days')
    await endOverdue(tx)
    return variantId
  },
  'a return': async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 1)
    const { placed, itemId } = await anOrder(tx, variantId, 1)
    await thePackingTable(tx).fulfil(placed.order_id, locations[0])
    await joinWaitlist(tx, variantId, 1)
    await thePackingTable(tx).returnItems(placed.order_id, locations[0], [
      { order_item_id: itemId, quantity: 1, outcome: 'restock' },
    ])
    return variantId
  },
  'a recount': async (tx) => {
    const { variantId, locations } = await soldOut(tx, 1)
    await tx`select public.recount_stock(${variantId}, ${locations[0]}, 0, 1, ${randomUUID()})`
    return variantId
  },
  'an adjustment of many levels': async (tx) => {
    const { variantId, locations } = await soldOut(tx, 1)
    const lines = tx.json([{ variant_id: variantId, location_id: locations[1], delta: 1 }])
    await tx`select public.adjust_levels(${lines}, 'correction', ${randomUUID()})`
    return variantId
  },
  'a damage that was undone': async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 1)
    const change = randomUUID()
    await tx`select public.adjust_stock(${variantId}, ${locations[0]}, -1, 'damage', ${change})`
    await joinWaitlist(tx, variantId, 1)
    await tx`select public.undo_stock_change(${change}, ${randomUUID()})`
    return variantId
  },
  'less safety stock': async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 1)
    await tx`select public.set_safety_stock(${variantId}, ${locations[0]}, 1, ${randomUUID()})`
    await joinWaitlist(tx, variantId, 1)
    await tx`select public.set_safety_stock(${variantId}, ${locations[0]}, 0, ${randomUUID()})`
    return variantId
  },
  'a product that is for sale again': async (tx) => {
    const { variantId, productId, locations } = await soldOut(tx, 1)
    await tx`update public.products set status = 'draft' where id = ${productId}`
    await deliver(tx, variantId, locations[0], 1)
    expect(await statusesOf(tx, variantId)).toEqual(['waiting'])
    await tx`update public.products set status = 'active' where id = ${productId}`
    return variantId
  },
}
for (const [way, giveBack] of Object.entries(waysBack)) {
  test(`a unit that returns by ${way} is offered in that transaction`, () =>
    rolledBack(sql, async (tx) => {
      const variantId = await giveBack(tx)
      expect(await statusesOf(tx, variantId)).toEqual(['offered'])
      expect(await countsOf(tx, variantId)).toMatchObject({ held: 1, available: 0 })
      await cannotBuy(tx, variantId)
      expect(await drift(tx)).toEqual([])
    }))
}
