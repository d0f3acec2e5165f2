import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  guest as byShop,
  connect,
  deliver,
  person,
  refusal,
  rolledBack,
} from '@/tests/support/database'
import { anOrder, stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, countsOf, drift, shelfOf, thePackingTable } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

test('place and cancel give back every number', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 3)
    await deliver(tx, variantId, locations[1], 3)
    const before = await countsOf(tx, variantId)
    const { guest, placed } = await anOrder(tx, variantId, 5)
    expect(await shelfOf(tx, variantId)).toEqual({ band: 'low', left: 1 })

    const order = await guest.cancel(placed.order_id)

    expect(order.status).toBe('cancelled')
    expect(order.events.map((event) => event.kind)).toEqual(['placed', 'cancelled'])
    expect(await countsOf(tx, variantId)).toEqual(before)
    expect(await drift(tx)).toEqual([])
    const twice = tx.savepoint((nested) => aGuest(nested, guest.token).cancel(placed.order_id))
    expect(await refusal(twice)).toMatchObject({ code: 'order_not_open', detail: { status: 'cancelled' } })
  }))

test('fulfil and return give back every number, and the shelf does not blink between', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 2)
    const { placed, itemId } = await anOrder(tx, variantId, 2)
    const [{ version } = { version: 0n }] =
      await tx`select version from public.shelf where variant_id = ${variantId}`
    const table = thePackingTable(tx)

    const handedOver = await table.fulfil(placed.order_id, locations[0])
    expect(handedOver).toMatchObject({ status: 'fulfilled', items: [{ fulfilled: 2 }] })
    expect(await countsOf(tx, variantId)).toEqual({ on_hand: 0, held: 0, committed: 0, available: 0 })
    expect((await tx`select version from public.shelf where variant_id = ${variantId}`)[0]?.version).toBe(
      version,
    )

    await table.returnItems(placed.order_id, locations[0], [
      { order_item_id: itemId, quantity: 2, outcome: 'restock' },
    ])
    const twice = tx.savepoint((nested) =>
      thePackingTable(nested).returnItems(placed.order_id, locations[0], [
        { order_item_id: itemId, quantity: 1, outcome: 'restock' },
      ]),
    )
    expect(await refusal(twice)).toMatchObject({
      code: 'not_handed_over',
      detail: { lines: [{ wanted: 1, out: 0 }] },
    })
    expect(await countsOf(tx, variantId)).toEqual({ on_hand: 2, held: 0, committed: 0, available: 2 })
    expect(await drift(tx)).toEqual([])
  }))

test('an order is handed over bit by bit, from where its units are', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 2)
    await deliver(tx, variantId, locations[1], 2)
    const { placed, itemId } = await anOrder(tx, variantId, 3)
    const table = thePackingTable(tx)

    const first = await table.fulfil(placed.order_id, locations[0], [{ order_item_id: itemId, quantity: 1 }])
    expect(first).toMatchObject({ status: 'placed', items: [{ fulfilled: 1 }] })
    const tooMany = tx.savepoint((nested) =>
      thePackingTable(nested).fulfil(placed.order_id, locations[1], [
        { order_item_id: itemId, quantity: 1 },
        { order_item_id: itemId, quantity: 1 },
      ]),
    )
    expect(await refusal(tooMany)).toMatchObject({
      code: 'not_allocated_here',
      detail: { lines: [{ wanted: 2, allocated: 1 }] },
    })
    await table.fulfil(placed.order_id, locations[0])
    const last = await table.fulfil(placed.order_id, locations[1])

    expect(last).toMatchObject({ status: 'fulfilled', items: [{ fulfilled: 3 }] })
    expect(await countsOf(tx, variantId)).toEqual({ on_hand: 1, held: 0, committed: 0, available: 1 })
    expect(await drift(tx)).toEqual([])
  }))

test('the rest of a half handed-over order can be cancelled by a manager, not by the buyer or the packers', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 3)
    const { guest, placed, itemId } = await anOrder(tx, variantId, 3)
    await thePackingTable(tx).fulfil(placed.order_id, locations[0], [{ order_item_id: itemId, quantity: 1 }])
    const [manager, packer] = [await person(tx, 'manager'), await person(tx, 'stock')]
    await actAs(tx, byShop)
    const byBuyer = tx.savepoint((nested) => aGuest(nested, guest.token).cancel(placed.order_id))
    expect(await refusal(byBuyer)).toMatchObject({ code: 'order_not_open' })

    await actAs(tx, packer)
    const byPacker = tx.savepoint((nested) => aGuest(nested).cancel(placed.order_id))
    expect(await refusal(byPacker)).toMatchObject({ code: 'role_required', detail: { role: 'manager' } })

    await actAs(tx, manager)
    const order = await aGuest(tx).cancel(placed.order_id)

    expect(order).toMatchObject({ status: 'fulfilled', items: [{ fulfilled: 1, cancelled: 2 }] })
    expect(await countsOf(tx, variantId)).toEqual({ on_hand: 2, held: 0, committed: 0, available: 2 })
  }))

test('only what was handed over comes back; damaged goods do not return to the shelf', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 3)
    const { placed, itemId } = await anOrder(tx, variantId, 3)
    const table = thePackingTable(tx)
    await table.fulfil(placed.order_id, locations[0], [{ order_item_id: itemId, quantity: 2 }])

    const tooMany = tx.savepoint((nested) =>
      thePackingTable(nested).returnItems(placed.order_id, locations[0], [
        { order_item_id: itemId, quantity: 3, outcome: 'restock' },
      ]),
    )
    expect(await refusal(tooMany)).toMatchObject({
      code: 'not_handed_over',
      detail: { lines: [{ wanted: 3, out: 2 }] },
    })
    await table.returnItems(placed.order_id, locations[0], [
      { order_item_id: itemId, quantity: 1, outcome: 'damaged' },
      { order_item_id: itemId, quantity: 1, outcome: 'restock' },
    ])

    expect(await countsOf(tx, variantId)).toEqual({ on_hand: 2, held: 0, committed: 1, available: 1 })
    expect(await drift(tx)).toEqual([])
  }))
