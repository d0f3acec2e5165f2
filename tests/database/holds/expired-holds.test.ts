import { afterAll, expect, test } from 'vitest'
import { connect, deliver, rolledBack } from '@/tests/support/database'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, drift, endOverdue, letPass, shelfOf } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

test('an expired hold never blocks a sale, though no job ran', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 1)
    await aGuest(tx).hold(variantId)
    await letPass(tx, '9 minutes 50 seconds')
    await expect(tx.savepoint((nested) => aGuest(nested).hold(variantId))).rejects.toThrow('not_enough_left')

    await letPass(tx, '20 seconds')
    const cart = await aGuest(tx).hold(variantId)

    expect(cart.lines).toMatchObject([{ held: 1 }])
    expect(await drift(tx)).toEqual([])
  }))

test('a hold that runs out takes nobody else’s along', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 3)
    const late = aGuest(tx)
    await late.hold(variantId, 2)
    await letPass(tx, '6 minutes')
    const living = aGuest(tx)
    await living.hold(variantId, 1)
    await letPass(tx, '5 minutes')

    await expect(tx.savepoint((nested) => aGuest(nested).hold(variantId, 3))).rejects.toThrow(
      'not_enough_left',
    )
    await aGuest(tx).hold(variantId, 2)

    expect((await living.cart()).lines).toMatchObject([{ quantity: 1, held: 1 }])
    expect((await late.cart()).lines).toMatchObject([{ quantity: 2, held: 0 }])
  }))

test('a line whose hold ran out stays in the cart, marked, and is held again when there is something', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 1)
    const slow = aGuest(tx)
    await slow.hold(variantId)
    await letPass(tx, '11 minutes')
    const quick = aGuest(tx)
    await quick.hold(variantId)

    expect((await slow.cart()).lines).toMatchObject([{ quantity: 1, held: 0, expires_at: null }])
    expect((await slow.extend()).lines).toMatchObject([{ quantity: 1, held: 0 }])
    await deliver(tx, variantId, locations[0], 1)
    expect((await slow.extend()).lines).toMatchObject([{ quantity: 1, held: 1 }])
    expect(await drift(tx)).toEqual([])
  }))

test('an empty cart has nothing to extend, and that is fine', () =>
  rolledBack(sql, async (tx) => {
    expect((await aGuest(tx).extend()).lines).toEqual([])
  }))

test('progress extends a hold, but not beyond half an hour', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 1)
    const guest = aGuest(tx)
    const minutesLeft = (cart: Awaited<ReturnType<typeof guest.cart>>) =>
      Math.round((Date.parse(cart.lines[0]?.expires_at ?? '') - Date.parse(cart.now)) / 60_000)
    await guest.hold(variantId)

    const lasted: number[] = []
    for (let step = 0; step < 4; step++) {
      await letPass(tx, '7 minutes')
      lasted.push(minutesLeft(await guest.extend()))
    }

    expect(lasted).toEqual([10, 10, 9, 2])
  }))

test('the maintenance job releases units so that the shelf shows them soon', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 1)
    await aGuest(tx).hold(variantId)
    expect(await shelfOf(tx, variantId)).toMatchObject({ band: 'out' })
    await letPass(tx, '11 minutes')

    const units = await endOverdue(tx)

    expect(units).toBeGreaterThanOrEqual(1)
    expect(await shelfOf(tx, variantId)).toEqual({ band: 'low', left: 1 })
    expect(await drift(tx)).toEqual([])
  }))
