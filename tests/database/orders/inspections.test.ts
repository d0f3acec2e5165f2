import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, connect, person, refusal, rolledBack, type Tx } from '@/tests/support/database'
import { anOrder, stockedVariant } from '@/tests/support/shop/orders'
import { countsOf, drift, type Order, shelfOf, thePackingTable } from '@/tests/support/shop/shopping'

const sql = connect(4)
afterAll(() => sql.end())

const inspect = (
  db: Tx | typeof sql,
  returnId: number,
  restocked: number | null,
  key: string = randomUUID(),
) =>
  db`select public.inspect_return(${returnId}, ${restocked}, ${key}) as answer`.then(
    ([row]) => row?.answer as Order,
  )

/** Three of five mugs were sold, handed over and brought back, to be looked at. */
async function threeToLookAt(tx: Tx) {
  const { variantId, locations } = await stockedVariant(tx, 5)
  const { placed, itemId } = await anOrder(tx, variantId, 3)
  await thePackingTable(tx).fulfil(placed.order_id, locations[0])
  await thePackingTable(tx).returnItems(placed.order_id, locations[0], [
    { order_item_id: itemId, quantity: 3, outcome: 'inspect' },
  ])
  const [back] = await tx`select id::int from public.order_returns where order_item_id = ${itemId}`
  return { variantId, itemId, orderId: placed.order_id, returnId: Number(back?.id) }
}

test('returned units are in no count until they are inspected, then the good ones are on the shelf', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, itemId, returnId } = await threeToLookAt(tx)
    expect(await shelfOf(tx, variantId)).toEqual({ band: 'low', left: 2 })

    const order = await inspect(tx, returnId, 2)

    expect(await countsOf(tx, variantId)).toEqual({ on_hand: 4, held: 0, committed: 0, available: 4 })
    expect(await shelfOf(tx, variantId)).toEqual({ band: 'low', left: 4 })
    const rows =
      await tx`select outcome, quantity from public.order_returns where order_item_id = ${itemId} order by id`
    expect([...rows]).toEqual([
      { outcome: 'restock', quantity: 2 },
      { outcome: 'damaged', quantity: 1 },
    ])
    expect(order.events.at(-1)).toMatchObject({ kind: 'inspected', detail: { restocked: 2, damaged: 1 } })
    expect(await drift(tx)).toEqual([])
  }))

test('when nothing is good any more no stock moves', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, itemId, returnId } = await threeToLookAt(tx)
    const before = await countsOf(tx, variantId)

    await inspect(tx, returnId, 0)

    expect(await countsOf(tx, variantId)).toEqual(before)
    expect([
      ...(await tx`select outcome, quantity from public.order_returns where order_item_id = ${itemId}`),
    ]).toEqual([{ outcome: 'damaged', quantity: 3 }])
    expect(await drift(tx)).toEqual([])
  }))

test('a return is decided once: a repeat answers the same, a second decision is told of the first', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, returnId } = await threeToLookAt(tx)
    const key = randomUUID()
    const first = await inspect(tx, returnId, 3, key)

    expect(await inspect(tx, returnId, 3, key)).toEqual(first)
    const second = tx.savepoint((nested) => inspect(nested, returnId, 3))

    expect(await refusal(second)).toMatchObject({
      status: 409,
      code: 'return_decided',
      detail: { return_id: returnId, outcome: 'restock' },
    })
    expect(await countsOf(tx, variantId)).toMatchObject({ on_hand: 5 })
  }))

test('of two concurrent inspections one is saved and the other is refused', async () => {
  const { variantId, returnId } = await sql.begin(threeToLookAt)

  const outcomes = await Promise.all(
    [1, 3].map((restocked) =>
      inspect(sql, returnId, restocked).then(
        () => 'decided',
        (error: Error) => error.message,
      ),
    ),
  )

  expect(outcomes.toSorted()).toEqual(['decided', 'return_decided'])
  const [sums] = await sql`select sum(back.quantity)::int as units,
      coalesce(sum(back.quantity) filter (where back.outcome = 'restock'), 0)::int as restocked
    from public.order_returns back join public.order_items item on item.id = back.order_item_id
    where item.variant_id = ${variantId}`
  expect(sums?.units).toBe(3)
  expect((await countsOf(sql, variantId)).on_hand).toBe(2 + Number(sums?.restocked))
  expect(await drift(sql)).toEqual([])
})

test('nobody decides about more or fewer units than came back, or about a return that is none', () =>
  rolledBack(sql, async (tx) => {
    const { returnId } = await threeToLookAt(tx)

    for (const restocked of [4, -1, null]) {
      expect(await refusal(tx.savepoint((nested) => inspect(nested, returnId, restocked)))).toMatchObject({
        status: 422,
        code: 'invalid_input',
        detail: { field: 'restocked', problem: 'not 0 to 3' },
      })
    }
    expect(await refusal(tx.savepoint((nested) => inspect(nested, 9_999_999, 1)))).toMatchObject({
      status: 404,
      code: 'not_found',
      detail: { return_id: 9_999_999 },
    })
  }))

test('only who may change stock decides what becomes of a return', () =>
  rolledBack(sql, async (tx) => {
    const { returnId } = await threeToLookAt(tx)
    const [viewer, keeper] = [await person(tx, 'viewer'), await person(tx, 'stock')]

    await actAs(tx, viewer)
    expect(await refusal(tx.savepoint((nested) => inspect(nested, returnId, 1)))).toMatchObject({
      code: 'role_required',
    })
    await actAs(tx, { role: 'anon' })
    await expect(tx.savepoint((nested) => inspect(nested, returnId, 1))).rejects.toMatchObject({
      code: '42501',
    })
    await actAs(tx, keeper)
    expect((await inspect(tx, returnId, 1)).events.at(-1)).toMatchObject({ kind: 'inspected' })
  }))
