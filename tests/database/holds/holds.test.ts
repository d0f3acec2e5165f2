import { randomUUID } from 'node:crypto'
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
import { stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, countsOf, drift, letPass, shelfOf } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

test('a held unit is unavailable to others, and the shelf shows it at once', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)

    const cart = await aGuest(tx).hold(variantId, 2)

    expect(cart.lines).toMatchObject([{ variant_id: variantId, quantity: 2, held: 2, price_minor: 1200 }])
    expect(await countsOf(tx, variantId)).toEqual({ on_hand: 5, held: 2, committed: 0, available: 3 })
    expect(await shelfOf(tx, variantId)).toEqual({ band: 'low', left: 3 })
    expect(await drift(tx)).toEqual([])
  }))

test('a late shopper sees how many are left in all locations, and the sibling variants', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, siblingId, locations } = await stockedVariant(tx, 3)
    await deliver(tx, siblingId, locations[0], 4)
    await deliver(tx, variantId, locations[1], 9)

    await tx`update public.shop_settings set low_stock_at = 12`
    const attempt = tx.savepoint((nested) => aGuest(nested).hold(variantId, 14))

    expect(await refusal(attempt)).toMatchObject({
      status: 409,
      code: 'not_enough_left',
      detail: {
        short: [
          {
            variant_id: variantId,
            wanted: 14,
            left: 12,
            siblings: [{ variant_id: siblingId, band: 'low', left: 4 }],
          },
        ],
      },
    })
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 0, available: 12 })
  }))

test('a request for too many of a plentiful variant is refused without a count', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 12)

    const short = async () =>
      (await refusal(tx.savepoint((nested) => aGuest(nested).hold(variantId, 99)))).detail.short

    expect(await short()).toMatchObject([{ wanted: 99, left: null }])
    await tx`update public.products set limited = true where id = (select product_id from public.variants where id = ${variantId})`
    expect(await short()).toMatchObject([{ wanted: 99, left: 12 }])
  }))

test('a hold takes from several places when one has too few', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 3)
    await deliver(tx, variantId, locations[1], 4)

    const cart = await aGuest(tx).hold(variantId, 6)

    expect(new Set(cart.lines[0]?.held_at.map(({ location_id }) => location_id))).toEqual(new Set(locations))
    expect(cart.lines[0]?.held_at.map(({ units }) => units)).toEqual([3, 3])
    const levels =
      await tx`select held from public.stock_levels where variant_id = ${variantId} order by held`
    expect(levels.map((level) => level.held)).toEqual([3, 3])
    expect(await drift(tx)).toEqual([])
  }))

test('hold and release give back every number', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 3)
    await deliver(tx, variantId, locations[1], 4)
    const before = await countsOf(tx, variantId)
    const guest = aGuest(tx)

    await guest.hold(variantId, 4)
    await guest.hold(variantId, 2)
    expect((await guest.release(variantId, 5)).lines).toMatchObject([{ quantity: 1, held: 1 }])
    expect((await guest.release(variantId)).lines).toEqual([])

    expect(await countsOf(tx, variantId)).toEqual(before)
    expect(await drift(tx)).toEqual([])
  }))

test('the price is the one at which it was held, until the hold runs out', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId, 2)
    await tx`update public.variants set price_minor = 1500 where id = ${variantId}`

    expect(await guest.cart()).toMatchObject({ total_minor: 2400, tax_minor: 383 })
    await letPass(tx, '11 minutes')
    expect(await guest.cart()).toMatchObject({ total_minor: 3000, tax_minor: 479 })
  }))

test('units of an ended hold are free for the next shopper, those of a living hold are not', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 2)
    await aGuest(tx).hold(variantId)
    await letPass(tx, '6 minutes')
    await aGuest(tx).hold(variantId)
    await letPass(tx, '6 minutes')

    await aGuest(tx).hold(variantId)
    const attempt = tx.savepoint((nested) => aGuest(nested).hold(variantId))

    expect(await refusal(attempt)).toMatchObject({ code: 'not_enough_left' })
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 2, available: 0 })
  }))

test('a request sent twice makes one hold, and another guest’s key returns nothing of it', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const guest = aGuest(tx)
    const key = randomUUID()

    const first = await guest.hold(variantId, 1, key)
    const again = await guest.hold(variantId, 1, key)

    expect(again).toEqual(first)
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 1 })
    const outsider = tx.savepoint((nested) => aGuest(nested).hold(variantId, 1, key))
    expect(await refusal(outsider)).toMatchObject({ code: 'idempotency_key_reused' })
  }))

test('nobody holds more than one person may have, over carts and orders', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 20)
    await tx`update public.variants set limit_per_person = 3 where id = ${variantId}`
    const me = await person(tx)
    await actAs(tx, me)
    const user = aGuest(tx, undefined, 'me@example.test')

    await user.hold(variantId, 2)
    const tooMany = tx.savepoint((nested) => aGuest(nested, user.token).hold(variantId, 2))
    expect(await refusal(tooMany)).toMatchObject({
      code: 'limit_reached',
      detail: { limit: 3, bought: 0, wanted: 4 },
    })

    await user.place()
    const afterOrder = tx.savepoint((nested) => aGuest(nested, user.token).hold(variantId, 2))
    expect(await refusal(afterOrder)).toMatchObject({
      code: 'limit_reached',
      detail: { bought: 2, wanted: 2 },
    })
    // A typed address is nobody's identity: it neither tells nor uses up what its owner may buy.
    await actAs(tx, byShop)
    const guest = aGuest(tx, undefined, 'ME@example.test')
    await guest.hold(variantId, 2)
    await guest.place()
    await guest.hold(variantId, 2)
    const again = tx.savepoint((nested) => aGuest(nested, guest.token, 'other@example.test').place())
    expect(await refusal(again)).toMatchObject({ code: 'limit_reached', detail: { bought: 2, wanted: 2 } })
  }))

test('an inactive variant cannot be held, and a draft is as unknown as a missing one', () =>
  rolledBack(sql, async (tx) => {
    const { productId, variantId } = await stockedVariant(tx)
    await tx`update public.products set status = 'draft' where id = ${productId}`

    for (const id of [variantId, randomUUID()]) {
      const attempt = tx.savepoint((nested) => aGuest(nested).hold(id))
      expect(await refusal(attempt)).toMatchObject({ status: 404, code: 'not_found' })
    }
  }))

test.for([0, -1, 100])('%i units is no number to hold', (quantity) =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)

    const attempt = tx.savepoint((nested) => aGuest(nested).hold(variantId, quantity))

    expect(await refusal(attempt)).toMatchObject({
      status: 422,
      code: 'invalid_input',
      detail: { field: 'quantity' },
    })
  }),
)
