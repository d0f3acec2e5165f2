import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { actAs, connect, deliver, person, refusal, rolledBack, shopper } from '@/tests/support/database'
import { anOrder, mugs } from '@/tests/support/orders'
import { aGuest, countsOf, drift, letPass, shelfOf, thePackingTable } from '@/tests/support/shopping'

const sql = connect(2)
afterAll(() => sql.end())

test('an order commits what was held, and what is available does not move', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await mugs(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId, 2)

    const placed = await guest.place()

    expect(placed).toMatchObject({ status: 'placed', total_minor: 2400, tax_minor: 383 })
    expect(await countsOf(tx, variantId)).toEqual({ on_hand: 5, held: 0, committed: 2, available: 3 })
    expect((await guest.cart()).lines).toEqual([])
    expect(await drift(tx)).toEqual([])
  }))

test('an order takes what was not held too, and remembers title and price', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, productId } = await mugs(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId, 2)
    await letPass(tx, '11 minutes')
    await tx`select public.release_expired_holds()`

    const placed = await guest.place()
    await tx`update public.products set title = 'Cup' where id = ${productId}`
    await tx`update public.variants set price_minor = 1 where id = ${variantId}`

    expect((await guest.order(placed.order_id)).items).toMatchObject([
      { title: 'Mug', price_minor: 1200, quantity: 2 },
    ])
    expect(await drift(tx)).toEqual([])
  }))

test('an order is all lines or none, and says every short one', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, siblingId, locations } = await mugs(tx, 3)
    await deliver(tx, siblingId, locations[0], 3)
    const guest = aGuest(tx)
    await guest.hold(variantId, 2)
    await guest.hold(siblingId, 3)
    await letPass(tx, '11 minutes')
    await aGuest(tx).hold(variantId, 2)
    await aGuest(tx).hold(siblingId, 3)

    const attempt = tx.savepoint((nested) => aGuest(nested, guest.token).place())

    const { code, detail } = await refusal(attempt)
    expect(code).toBe('not_enough_left')
    expect(detail.short).toHaveLength(2)
    expect(detail.short).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ variant_id: variantId, wanted: 2, left: 1 }),
        expect.objectContaining({ variant_id: siblingId, wanted: 3, left: 0 }),
      ]),
    )
    expect((await guest.cart()).lines).toHaveLength(2)
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 2, committed: 0 })
    expect(await drift(tx)).toEqual([])
  }))

test('a double click is one order', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await mugs(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId)
    const key = randomUUID()

    const first = await guest.place('on_collection', key)
    const again = await guest.place('on_collection', key)

    expect(again).toEqual(first)
    const secondTab = tx.savepoint((nested) => aGuest(nested, guest.token).place())
    expect(await refusal(secondTab)).toMatchObject({ code: 'cart_empty' })
  }))

test('nobody pays another total than the one they saw', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await mugs(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId)

    const attempt = tx.savepoint((nested) =>
      aGuest(nested, guest.token).place('on_collection', randomUUID(), 1100),
    )

    expect(await refusal(attempt)).toMatchObject({
      code: 'price_changed',
      detail: { expected_minor: 1100, total_minor: 1200 },
    })
  }))

test('what went off sale meanwhile is named before anything is ordered', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await mugs(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId)
    await tx`update public.variants set active = false where id = ${variantId}`

    const attempt = tx.savepoint((nested) => aGuest(nested, guest.token).place())

    expect(await refusal(attempt)).toMatchObject({
      code: 'not_for_sale',
      detail: { lines: [{ variant_id: variantId }] },
    })
  }))

test.for([
  ['contact.email', { contact: { email: 'no', name: 'Ada' } }],
  ['contact.name', { contact: { email: 'a@b.test', name: ' ' } }],
  ['delivery.method', { delivery: { method: 'pigeon' } }],
  ['delivery.location_id', { delivery: { method: 'collection' } }],
  [
    'delivery.address.city',
    { delivery: { method: 'delivery', address: { line1: 'x', postcode: 'x', country: 'x' } } },
  ],
] as const)('a bad %s is named', ([field, part]) =>
  rolledBack(sql, async (tx) => {
    const given = {
      contact: { email: 'a@b.test', name: 'Ada' },
      delivery: { method: 'delivery', address: { line1: 'x', postcode: 'x', city: 'x', country: 'x' } },
      ...part,
    }
    const token = aGuest(tx).token

    const attempt = tx.savepoint(
      (nested) =>
        nested`select public.place_order(${nested.json(given.contact)}, ${nested.json(given.delivery)}, 'on_collection', ${randomUUID()}, ${token}, ${token})`,
    )

    expect(await refusal(attempt)).toMatchObject({ status: 422, code: 'invalid_input', detail: { field } })
  }),
)

test('place and cancel give back every number', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await mugs(tx, 3)
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
    const { variantId, locations } = await mugs(tx, 2)
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

    await table.takeBack(placed.order_id, locations[0], [
      { order_item_id: itemId, quantity: 2, outcome: 'restock' },
    ])
    expect(await countsOf(tx, variantId)).toEqual({ on_hand: 2, held: 0, committed: 0, available: 2 })
    expect(await drift(tx)).toEqual([])
  }))

test('an order is handed over bit by bit, from where its units are', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await mugs(tx, 2)
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

test('what is left of a half handed-over order can be cancelled by a manager, not by the buyer or the packers', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await mugs(tx, 3)
    const { guest, placed, itemId } = await anOrder(tx, variantId, 3)
    await thePackingTable(tx).fulfil(placed.order_id, locations[0], [{ order_item_id: itemId, quantity: 1 }])
    const [manager, packer] = [await person(tx, 'manager'), await person(tx, 'stock')]
    await actAs(tx, shopper)
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
    const { variantId, locations } = await mugs(tx, 3)
    const { placed, itemId } = await anOrder(tx, variantId, 3)
    const table = thePackingTable(tx)
    await table.fulfil(placed.order_id, locations[0], [{ order_item_id: itemId, quantity: 2 }])

    const tooMany = tx.savepoint((nested) =>
      thePackingTable(nested).takeBack(placed.order_id, locations[0], [
        { order_item_id: itemId, quantity: 3, outcome: 'restock' },
      ]),
    )
    expect(await refusal(tooMany)).toMatchObject({
      code: 'not_handed_over',
      detail: { lines: [{ wanted: 3, out: 2 }] },
    })
    await table.takeBack(placed.order_id, locations[0], [
      { order_item_id: itemId, quantity: 1, outcome: 'damaged' },
      { order_item_id: itemId, quantity: 1, outcome: 'restock' },
    ])

    expect(await countsOf(tx, variantId)).toEqual({ on_hand: 2, held: 0, committed: 1, available: 1 })
    expect(await drift(tx)).toEqual([])
  }))

test('the tax inside a price is the nearest whole cent, for any price and rate', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 100_000_000 }), fc.integer({ min: 0, max: 10_000 })), {
        minLength: 50,
        maxLength: 50,
      }),
      async (pairs) => {
        const rows = await sql`select private.tax_included(amount, rate)::text as tax
          from unnest(${pairs.map(([amount]) => amount)}::bigint[], ${pairs.map(([, rate]) => rate)}::integer[])
            with ordinality as given (amount, rate, n) order by n`
        for (const [n, [amount, rate]] of pairs.entries()) {
          const tax = BigInt(rows[n]?.tax)
          // Twice the distance to the exact share, in units of 1 / (10000 + rate), is at most one whole cent.
          const off = 2n * (tax * BigInt(10_000 + rate) - BigInt(amount) * BigInt(rate))
          expect(off <= BigInt(10_000 + rate) && off > -BigInt(10_000 + rate)).toBe(true)
        }
      },
    ),
    { numRuns: 20 },
  )
})
