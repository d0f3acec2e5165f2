import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, connect, person, refusal, rolledBack } from '@/tests/support/database'
import { noDrift, twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

test('nobody takes more than is there, and hears what is', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)

    const attempt = tx.savepoint(
      (nested) => nested`select public.adjust_stock(${variantId}, ${shopId}, -13, 'damage', ${randomUUID()})`,
    )

    expect(await refusal(attempt)).toMatchObject({
      status: 409,
      code: 'insufficient_stock',
      detail: { short: [{ variant_id: variantId, location_id: shopId, delta: -13, available: 12 }] },
    })
  }))

test('the ledger records the actor, the reason and the source', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const ann = await person(tx, 'stock')
    await actAs(tx, ann)

    await tx`select public.adjust_stock(${variantId}, ${shopId}, -2, 'damage', ${randomUUID()}, 'RMA-7', 'dropped')`

    const [line] =
      await tx`select delta, reason, document, note, actor from public.stock_movements where variant_id = ${variantId} and delta = -2`
    expect(line).toEqual({
      delta: -2,
      reason: 'damage',
      document: 'RMA-7',
      note: 'dropped',
      actor: ann.userId,
    })
  }))

test('a delivery is saved whole or not at all', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const lines = [
      { variant_id: variantId, quantity: 4 },
      { variant_id: randomUUID(), quantity: 1 },
    ]

    const attempt = tx.savepoint(
      (nested) => nested`select public.receive_stock(${shopId}, ${tx.json(lines)}, 'DN-9', ${randomUUID()})`,
    )

    expect(await refusal(attempt)).toMatchObject({
      status: 404,
      code: 'not_found',
      detail: { variant_id: lines[1]?.variant_id },
    })
    expect(await tx`select from public.stock_movements where document = 'DN-9'`).toHaveLength(0)
  }))

test('two lines of one variant in a delivery both count', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const lines = [
      { variant_id: variantId, quantity: 4 },
      { variant_id: variantId, quantity: 5 },
    ]

    const levels =
      await tx`select on_hand from public.receive_stock(${shopId}, ${tx.json(lines)}, 'DN-9', ${randomUUID()})`

    expect([...levels]).toEqual([{ on_hand: 21 }])
    await noDrift(tx)
  }))

test('two lines of one variant in a transfer cannot each pass alone', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId, storeId } = await twelveUnits(tx)
    const lines = [
      { variant_id: variantId, quantity: 7 },
      { variant_id: variantId, quantity: 6 },
    ]

    const attempt = tx.savepoint(
      (nested) =>
        nested`select public.transfer_stock(${shopId}, ${storeId}, ${tx.json(lines)}, ${randomUUID()})`,
    )

    expect(await refusal(attempt)).toMatchObject({
      code: 'insufficient_stock',
      detail: { short: [{ delta: -13, available: 12 }] },
    })
  }))

test('a transfer moves units and changes no sum', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId, storeId } = await twelveUnits(tx)

    await tx`select public.transfer_stock(${shopId}, ${storeId}, ${tx.json([{ variant_id: variantId, quantity: 5 }])}, ${randomUUID()})`

    const levels =
      await tx`select location_id, on_hand from public.stock_levels where variant_id = ${variantId}`
    expect(Object.fromEntries(levels.map((level) => [level.location_id, level.on_hand]))).toEqual({
      [shopId]: 7,
      [storeId]: 5,
    })
    expect(
      (await tx`select available from public.availability where variant_id = ${variantId}`)[0]?.available,
    ).toBe(12)
    await noDrift(tx)
  }))

test('a recount sets what was counted when nothing moved', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)

    const [level] =
      await tx`select on_hand from public.recount_stock(${variantId}, ${shopId}, 12, 10, ${randomUUID()})`

    expect(level?.on_hand).toBe(10)
    expect(
      (
        await tx`select delta from public.stock_movements where variant_id = ${variantId} and reason = 'recount'`
      )[0]?.delta,
    ).toBe(-2)
  }))

test('a recount that finds the number moved says from what, to what and by which movements', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const [seen] =
      await tx`select on_hand, ledger_position from public.stock_levels where variant_id = ${variantId}`
    await tx`select public.adjust_stock(${variantId}, ${shopId}, -3, 'damage', ${randomUUID()}, 'RMA-8')`

    const attempt = tx.savepoint(
      (nested) =>
        nested`select public.recount_stock(${variantId}, ${shopId}, ${seen?.on_hand}, 10, ${randomUUID()}, ${seen?.ledger_position})`,
    )

    expect(await refusal(attempt)).toMatchObject({
      status: 409,
      code: 'stock_moved',
      detail: {
        expected: 12,
        counted: 10,
        on_hand: 9,
        movements: [{ delta: -3, reason: 'damage', document: 'RMA-8' }],
      },
    })
  }))

test('counting zero where nothing ever was is an answer, not an error', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, storeId } = await twelveUnits(tx)

    const [level] =
      await tx`select on_hand, available from public.recount_stock(${variantId}, ${storeId}, 0, 0, ${randomUUID()})`

    expect(level).toEqual({ on_hand: 0, available: 0 })
  }))
