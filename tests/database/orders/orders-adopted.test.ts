import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  connect,
  person,
  refusal,
  rolledBack,
  shopper,
  type Tx,
} from '@/tests/support/database'
import { anOrder, as, stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, aToken, drift } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

async function inTheAccount(tx: Tx, orderId: string) {
  const [row] = await tx`
    select public.is_own_order(${orderId}) as is_own, (public.read_own_orders() ->> 'total')::int as total`
  return { ...row }
}

test('a guest’s order can be put into an account by whoever has its secret, and is counted there', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 5)
    const { guest, placed } = await anOrder(tx, variantId, 2)
    const ada = await person(tx)
    await actAs(tx, ada)
    expect(await inTheAccount(tx, placed.order_id)).toEqual({ is_own: false, total: 0 })

    for (let times = 0; times < 2; times += 1) await aGuest(tx).adoptOrder(placed.order_id, guest.token)

    expect(await inTheAccount(tx, placed.order_id)).toEqual({ is_own: true, total: 1 })
    expect(await aGuest(tx).order(placed.order_id)).toMatchObject({ number: placed.number })
    await actAsOwner(tx)
    expect(await guest.order(placed.order_id)).toMatchObject({ number: placed.number })
    expect(await drift(tx)).toEqual([])
  }))

test('a cancelled order counts as cancelled when it is added to an account', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 5)
    const { guest, placed } = await anOrder(tx, variantId, 2)
    await guest.cancel(placed.order_id)
    const ada = await person(tx)

    await as(tx, ada, () => aGuest(tx).adoptOrder(placed.order_id, guest.token))

    expect([
      ...(await tx`select orders, cancelled from public.customers where user_id = ${ada.userId ?? ''}`),
    ]).toEqual([{ orders: 1, cancelled: 1 }])
    expect(await drift(tx)).toEqual([])
  }))

test('an order of another account, a wrong secret and no order are the same answer', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 5)
    const { guest, placed } = await anOrder(tx, variantId, 1)
    const [ada, eve] = [await person(tx), await person(tx)]
    await as(tx, ada, () => aGuest(tx).adoptOrder(placed.order_id, guest.token))

    await actAs(tx, eve)
    for (const [id, token] of [
      [placed.order_id, guest.token],
      [placed.order_id, aToken()],
      [randomUUID(), guest.token],
    ] as const) {
      expect(await refusal(tx.savepoint((nested) => aGuest(nested).adoptOrder(id, token)))).toMatchObject({
        status: 404,
        code: 'not_found',
        detail: { order_id: id },
      })
    }
    await actAs(tx, shopper)
    await expect(
      tx.savepoint((nested) => aGuest(nested).adoptOrder(placed.order_id, guest.token)),
    ).rejects.toMatchObject({ code: '42501' })
  }))
