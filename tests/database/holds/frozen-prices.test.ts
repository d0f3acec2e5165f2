import { afterAll, expect, test } from 'vitest'
import { connect, person, rolledBack, type Tx } from '@/tests/support/database'
import { as, stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, letPass } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

const reprice = (tx: Tx, variantId: string, minor: number) =>
  tx`update public.variants set price_minor = ${minor} where id = ${variantId}`

test('units that are added to a line take the price of now, and the whole line with them', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 9)
    const guest = aGuest(tx)
    expect((await guest.hold(variantId, 1)).total_minor).toBe(1200)
    await reprice(tx, variantId, 12_000)

    expect((await guest.extend()).total_minor).toBe(1200)
    expect((await guest.hold(variantId, 5)).lines).toMatchObject([
      { quantity: 6, held: 6, price_minor: 12_000, total_minor: 72_000 },
    ])
    await expect(
      tx.savepoint((nested) => aGuest(nested, guest.token).place('on_collection', undefined, 7200)),
    ).rejects.toThrow('price_changed')
  }))

test('fewer units of a line keep their price', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 9)
    const guest = aGuest(tx)
    await guest.hold(variantId, 4)
    await reprice(tx, variantId, 12_000)

    expect((await guest.release(variantId, 3)).total_minor).toBe(1200)
    expect((await guest.hold(variantId, 1)).total_minor).toBe(24_000)
  }))

test('units added at the end of a hold’s life change the price, too', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 9)
    const guest = aGuest(tx)
    await guest.hold(variantId, 1)
    for (let step = 0; step < 3; step++) {
      await letPass(tx, '8 minutes')
      await guest.extend()
    }
    await reprice(tx, variantId, 12_000)

    expect((await guest.hold(variantId, 1)).total_minor).toBe(24_000)
  }))

test('a line that is held again after it ran out takes the price of now', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 9)
    const guest = aGuest(tx)
    await guest.hold(variantId, 2)
    await reprice(tx, variantId, 12_000)
    await letPass(tx, '11 minutes')

    expect((await guest.extend()).total_minor).toBe(24_000)
  }))

test.each([
  ['both held at one price keep it', [1200, 1200, 12_000], 1200],
  ['held at two prices take that of now', [1200, 900, 12_000], 12_000],
])('two carts that become one, %s', (_, [own = 0, guests = 0, now = 0], price) =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 9)
    const ada = await person(tx)
    await reprice(tx, variantId, own)
    await as(tx, ada, () => aGuest(tx).hold(variantId, 2))
    await reprice(tx, variantId, guests)
    const guest = aGuest(tx)
    await guest.hold(variantId, 3)
    await reprice(tx, variantId, now)

    const cart = await as(tx, ada, () => aGuest(tx).adopt(guest.token))

    expect(cart.lines).toMatchObject([{ quantity: 5, held: 5, price_minor: price }])
  }),
)

test('a line of which one cart holds none is one line at the price of now', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 9)
    const ada = await person(tx)
    await as(tx, ada, () => aGuest(tx).hold(variantId, 5))
    await letPass(tx, '11 minutes')
    const guest = aGuest(tx)
    await guest.hold(variantId, 1)
    await reprice(tx, variantId, 12_000)

    const cart = await as(tx, ada, () => aGuest(tx).adopt(guest.token))

    expect(cart.lines).toMatchObject([{ quantity: 6, held: 6, price_minor: 12_000 }])
  }))
