import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, actAsOwner, connect, person, refusal, rolledBack, type Tx } from '@/tests/support/database'
import { drift } from '@/tests/support/shop/shopping'
import { twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

async function keep(
  tx: Tx,
  variantId: string,
  locationId: string,
  units: number,
  key: string = randomUUID(),
) {
  const [level] = await tx`
    select safety, available, version::int from public.set_safety_stock(${variantId}, ${locationId}, ${units}, ${key})`
  return level
}

async function sumsOf(tx: Tx, variantId: string) {
  const [sums] = await tx`select safety, available from public.availability where variant_id = ${variantId}`
  return { safety: Number(sums?.safety), available: Number(sums?.available) }
}

test('safety stock is set, not sold, and set back', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const before = await sumsOf(tx, variantId)
    await actAs(tx, await person(tx, 'stock'))

    const kept = await keep(tx, variantId, shopId, 3)
    expect(kept?.safety).toBe(3)
    expect(await sumsOf(tx, variantId)).toMatchObject({ safety: 3, available: before.available - 3 })
    await keep(tx, variantId, shopId, 1)
    expect(await sumsOf(tx, variantId)).toMatchObject({ safety: 1, available: before.available - 1 })
    await keep(tx, variantId, shopId, 0)
    expect(await sumsOf(tx, variantId)).toMatchObject({ safety: 0, available: before.available })
    await actAsOwner(tx)
    expect(await drift(tx)).toEqual([])
  }))

test('no more becomes safety stock than is available', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    await actAs(tx, await person(tx, 'stock'))
    const [level] = await tx`select available from public.stock_levels
      where variant_id = ${variantId} and location_id = ${shopId}`
    const available = Number(level?.available)

    const met = await refusal(tx.savepoint((inner) => keep(inner, variantId, shopId, available + 1)))
    expect(met).toMatchObject({
      status: 409,
      code: 'insufficient_stock',
      detail: { short: [{ variant_id: variantId, location_id: shopId, delta: -available - 1, available }] },
    })
    expect((await keep(tx, variantId, shopId, available))?.available).toBe(0)
    const worse = await refusal(tx.savepoint((inner) => keep(inner, variantId, shopId, -1)))
    expect(worse).toMatchObject({ status: 422, detail: { field: 'units' } })
  }))

test('the same request twice sets it once; a manager reads who set it', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const [manager, keeper] = [await person(tx, 'manager'), await person(tx, 'stock')]
    await actAs(tx, keeper)
    const key = randomUUID()
    const first = await keep(tx, variantId, shopId, 2, key)
    await keep(tx, variantId, shopId, 1)
    expect(await keep(tx, variantId, shopId, 2, key)).toEqual(first)
    expect((await keep(tx, variantId, shopId, 1))?.safety).toBe(1)

    await actAs(tx, manager)
    const trail = await tx`select before, after from public.read_trail(${keeper.userId ?? ''}, 'variant')`
    expect(trail.map(({ before, after }) => [...Object.values(before), ...Object.values(after)])).toEqual([
      [2, 1],
      [0, 2],
    ])
  }))

test('a viewer, and a stock keeper of another location, set nothing', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId, storeId } = await twelveUnits(tx)
    await actAs(tx, await person(tx, 'viewer'))
    const viewer = await refusal(tx.savepoint((inner) => keep(inner, variantId, shopId, 1)))
    expect(viewer).toMatchObject({ status: 403, code: 'role_required' })

    await actAsOwner(tx)
    const keeper = await person(tx, 'stock')
    await tx`update public.staff set location_ids = ${[shopId]} where user_id = ${keeper.userId ?? ''}`
    await actAs(tx, keeper)
    const met = await refusal(tx.savepoint((inner) => keep(inner, variantId, storeId, 1)))
    expect(met).toMatchObject({ status: 403, code: 'location_not_yours' })
    expect((await keep(tx, variantId, shopId, 1))?.safety).toBe(1)
  }))
