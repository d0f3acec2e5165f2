import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, guest as byShop, connect, deliver, rolledBack, type Tx } from '@/tests/support/database'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aGuest } from '@/tests/support/shop/shopping'

const sql = connect()
afterAll(() => sql.end())

/** The cart's broadcasts, in order. */
async function words(tx: Tx, cartId: string | null) {
  const said = await tx`select payload -> 'new' as word from realtime.messages
    where topic = ${`carts:${cartId}`} order by inserted_at, (payload -> 'new' ->> 'version')::bigint`
  return said.map((row) => row.word)
}

test('every change of a cart’s units but the first is said once, with the count and a version that grows', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 9)
    const guest = aGuest(tx)

    const { cart_id } = await guest.hold(variantId, 2)
    await guest.hold(variantId)
    await guest.extend()
    const cart = await guest.release(variantId, 1)

    expect(cart).toMatchObject({ cart_id, version: 4 })
    // (Nobody knew its id when the first units came.)
    expect(await words(tx, cart_id)).toEqual([
      { cart_id, units: 3, version: 3 },
      { cart_id, units: 2, version: 4 },
    ])
  }))

test('an order that empties a cart of many lines broadcasts once', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, siblingId, locations } = await stockedVariant(tx, 9)
    await deliver(tx, siblingId, locations[0], 4)
    const guest = aGuest(tx)
    await guest.hold(variantId)
    const { cart_id } = await guest.hold(siblingId)

    await guest.place()

    expect((await words(tx, cart_id)).slice(1)).toEqual([{ cart_id, units: 0, version: 4 }])
    expect(await guest.cart()).toMatchObject({ cart_id, version: 4, lines: [] })
  }))

test('a holder of a cart’s id may read its unit count, and no more', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 9)
    const { cart_id } = await aGuest(tx).hold(variantId, 2)
    await actAs(tx, byShop)

    expect(await tx`select * from public.cart_units(${cart_id})`).toMatchObject([
      { cart_id, units: 2, version: 2n },
    ])
    expect(await tx`select * from public.cart_units(${randomUUID()})`).toHaveLength(0)
    await expect(tx`select * from public.carts`).rejects.toThrow(/permission denied/)
  }))
