import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, connect, deliver, person, refusal, rolledBack, type Tx } from '@/tests/support/database'
import { twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

test('a repeated request makes one movement and gets the same response', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const key = randomUUID()
    const adjust = () => tx`select * from public.adjust_stock(${variantId}, ${shopId}, 3, 'return', ${key})`

    const first = await adjust()
    await tx`select public.adjust_stock(${variantId}, ${shopId}, -1, 'damage', ${randomUUID()})`
    const again = await adjust()

    expect([...again]).toEqual([...first])
    expect(
      await tx`select from public.stock_movements where variant_id = ${variantId} and reason = 'return'`,
    ).toHaveLength(1)
  }))

test('a used key is refused for any other request', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const key = randomUUID()
    await tx`select public.adjust_stock(${variantId}, ${shopId}, 3, 'return', ${key})`

    const attempts = [
      (nested: Tx) => nested`select public.adjust_stock(${variantId}, ${shopId}, 4, 'return', ${key})`,
      (nested: Tx) => nested`select public.recount_stock(${variantId}, ${shopId}, 15, 15, ${key})`,
    ]

    for (const attempt of attempts) {
      expect(await refusal(tx.savepoint(attempt))).toMatchObject({
        status: 409,
        code: 'idempotency_key_reused',
      })
    }
  }))

test('one person’s key says nothing to another', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const [ann, ben] = [await person(tx, 'stock'), await person(tx, 'stock')]
    const key = randomUUID()
    const adjust = () =>
      tx`select on_hand from public.adjust_stock(${variantId}, ${shopId}, 3, 'return', ${key})`

    await actAs(tx, ann)
    expect((await adjust())[0]?.on_hand).toBe(15)
    await actAs(tx, ben)
    expect((await adjust())[0]?.on_hand).toBe(18)
  }))

test('a refused call leaves its key unused', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const key = randomUUID()
    const takeAll = () =>
      tx.savepoint(
        (nested) =>
          nested`select (public.adjust_stock(${variantId}, ${shopId}, -13, 'damage', ${key})).on_hand`,
      )

    expect(await refusal(takeAll())).toMatchObject({ code: 'insufficient_stock' })
    await deliver(tx, variantId, shopId, 1)

    expect((await takeAll())[0]?.on_hand).toBe(0)
  }))
