import { afterAll, expect, test } from 'vitest'
import { actAs, connect, guest, person, rolledBack } from '@/tests/support/database'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aGuest } from '@/tests/support/shop/shopping'

const sql = connect(1)
afterAll(() => sql.end())

interface Exported {
  account: { email: string }
  staff: { name: string } | null
  orders_total: number
  orders: { number: number; name: string; items: unknown[] }[]
}

test('a person exports their own orders and nobody else’s; a guest exports nothing', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 4)
    const [own, other] = [aGuest(tx), aGuest(tx)]
    for (const each of [own, other]) await each.hold(variantId, 1)
    const mine = await own.place()
    await other.place()
    const who = await person(tx)
    await tx`update public.orders set user_id = ${who.userId ?? null} where id = ${mine.order_id}`

    await actAs(tx, who)
    const [row] = await tx<{ exported: Exported }[]>`select public.export_account() as exported`
    expect(row?.exported).toMatchObject({ staff: null, orders_total: 1, orders: [{ number: mine.number }] })
    expect(row?.exported.orders[0]?.items).toHaveLength(1)

    await actAs(tx, guest)
    await expect(tx`select public.export_account()`).rejects.toThrow('permission denied')
  }))
