import { afterAll, expect, test } from 'vitest'
import { actAs, actAsOwner, connect, rolledBack, secretKey, type Tx } from '@/tests/support/database'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aCart, asks, placeAll } from '@/tests/support/shop/orders-together'
import { drift } from '@/tests/support/shop/shopping'

const sql = connect(1)
afterAll(() => sql.end())

const together = (tx: Tx, variantId: string) => tx`
  select other.title, pair.orders from public.variants
  join public.bought_together as pair using (product_id)
  join public.products as other on other.id = pair.other_id
  where variants.id = ${variantId}`

async function twoProducts(tx: Tx) {
  const [{ variantId: one }, { variantId: other }] = [
    await stockedVariant(tx, 9),
    await stockedVariant(tx, 9),
  ]
  return { one, other }
}

test('orders with two products are counted once, by a job that can be repeated', () =>
  rolledBack(sql, async (tx) => {
    const { one, other } = await twoProducts(tx)
    const order = async (...variants: string[]) =>
      placeAll(tx, [
        asks(
          await aCart(
            tx,
            variants.map((id) => [id, 1]),
          ),
        ),
      ])
    await order(one, other)
    await order(one, other)
    await order(one)
    await actAsOwner(tx)
    expect(await together(tx, one)).toEqual([])
    expect(await drift(tx)).toEqual([])

    await actAs(tx, secretKey)
    let counted = 0
    for (;;) {
      const [row] = await tx`select public.count_pairs(2) as orders`
      counted += Number(row?.orders)
      if (Number(row?.orders) < 2) break
    }
    await actAsOwner(tx)

    expect(counted).toBeGreaterThanOrEqual(3)
    expect(await together(tx, one)).toMatchObject([{ orders: 2 }])
    expect(await together(tx, other)).toMatchObject([{ orders: 2 }])
    expect(await drift(tx)).toEqual([])
    await tx`update public.bought_together set orders = 3 where orders = 2`
    expect(await tx`select aggregate from private.bought_together_drift() limit 1`).toEqual([
      { aggregate: 'bought_together' },
    ])
  }))
