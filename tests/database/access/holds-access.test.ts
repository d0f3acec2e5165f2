import { afterAll, expect, test } from 'vitest'
import { actAs, connect, person, refusal, rolledBack } from '@/tests/support/database'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aGuest } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

test('a guest’s token is kept as a hash, and a short one is refused', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId)

    const kept =
      await tx`select from public.carts where encode(token_hash, 'escape') like ${`%${guest.token}%`}`
    expect(kept).toHaveLength(0)
    expect(
      await tx`select from public.carts where token_hash = sha256(convert_to(${guest.token}, 'UTF8'))`,
    ).toHaveLength(1)
    expect(await refusal(tx.savepoint((nested) => aGuest(nested, 'short').cart()))).toMatchObject({
      code: 'invalid_input',
    })
  }))

test('shoppers see their own cart and nobody else’s, and no table of carts', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const [one, other] = [await person(tx), await person(tx)]
    await actAs(tx, one)
    await aGuest(tx).hold(variantId)

    expect((await aGuest(tx).cart()).lines).toHaveLength(1)
    expect(await tx`select from public.claims`).toHaveLength(0)
    for (const table of ['carts', 'cart_lines']) {
      const read = tx.savepoint((nested) => nested`select from public.${nested(table)}`)
      await expect(read).rejects.toMatchObject({ code: '42501' })
    }
    await actAs(tx, other)
    expect((await aGuest(tx).cart()).lines).toEqual([])
  }))
