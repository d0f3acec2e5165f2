import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { connect, deliver, refusal, rolledBack } from '@/tests/support/database'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, countsOf, drift, endOverdue, letPass, thePackingTable } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

test('an order commits what was held, and what is available does not move', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
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
    const { variantId, productId } = await stockedVariant(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId, 2)
    await letPass(tx, '11 minutes')
    await endOverdue(tx)

    const placed = await guest.place()
    await tx`update public.products set title = 'Cup' where id = ${productId}`
    await tx`update public.variants set price_minor = 1 where id = ${variantId}`

    expect((await guest.order(placed.order_id)).items).toMatchObject([
      { title: 'Mug', price_minor: 1200, quantity: 2 },
    ])
    expect(await drift(tx)).toEqual([])
  }))

test('an order says where what is still to be handed over lies', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx)
    await deliver(tx, variantId, locations[1], 2)
    const guest = aGuest(tx)
    await guest.hold(variantId, 7)
    const { order_id } = await guest.place()
    const table = thePackingTable(tx)

    expect((await guest.order(order_id)).kept_at).toEqual(locations.toSorted())
    expect((await table.fulfil(order_id, locations[0])).kept_at).toEqual([locations[1]])
    expect((await table.fulfil(order_id, locations[1])).kept_at).toEqual([])
  }))

test('an order is all lines or none, and says every short one', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, siblingId, locations } = await stockedVariant(tx, 3)
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
    const { variantId } = await stockedVariant(tx)
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
    const { variantId } = await stockedVariant(tx)
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

test('a variant that became inactive is named before an order is placed', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
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
