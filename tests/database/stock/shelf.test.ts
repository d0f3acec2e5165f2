import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { connect, rolledBack, type Tx } from '@/tests/support/database'
import { noDrift, twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

const shelfOf = async (tx: Tx, variantId: string) =>
  (await tx`select band, "left", version from public.shelf where variant_id = ${variantId}`)[0]

test('a delivery is on hand, available and on the shelf at once', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)

    const [level] =
      await tx`select on_hand, available from public.stock_levels where variant_id = ${variantId} and location_id = ${shopId}`

    expect(level).toEqual({ on_hand: 12, available: 12 })
    expect(await shelfOf(tx, variantId)).toMatchObject({ band: 'in', left: null })
    await noDrift(tx)
  }))

test('the shelf says how many are left only when they are few', () =>
  rolledBack(sql, async (tx) => {
    await tx`update public.shop_settings set low_stock_at = 5`
    const { variantId, shopId } = await twelveUnits(tx)

    const take = (units: number) =>
      tx`select public.adjust_stock(${variantId}, ${shopId}, ${-units}, 'damage', ${randomUUID()})`
    await take(6)
    expect(await shelfOf(tx, variantId)).toMatchObject({ band: 'in', left: null })
    await take(1)
    expect(await shelfOf(tx, variantId)).toMatchObject({ band: 'low', left: 5 })
    await take(5)
    expect(await shelfOf(tx, variantId)).toMatchObject({ band: 'out', left: null })
    await noDrift(tx)
  }))

test('a change nobody can see wakes nobody: the shelf row stays as it is', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const before = await shelfOf(tx, variantId)

    await tx`select public.adjust_stock(${variantId}, ${shopId}, -3, 'damage', ${randomUUID()})`

    expect(await shelfOf(tx, variantId)).toEqual(before)
  }))

test('a limited edition always says how many are left', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, productId } = await twelveUnits(tx)

    await tx`update public.products set limited = true where id = ${productId}`

    expect(await shelfOf(tx, variantId)).toMatchObject({ band: 'in', left: 12 })
    await noDrift(tx)
  }))

test('archiving a product takes it off the shelf, and publishing brings it back', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, productId } = await twelveUnits(tx)

    await tx`update public.products set status = 'archived' where id = ${productId}`
    expect(await shelfOf(tx, variantId)).toMatchObject({ band: 'unlisted', left: null })
    await tx`update public.products set status = 'active' where id = ${productId}`
    expect(await shelfOf(tx, variantId)).toMatchObject({ band: 'in' })
    await noDrift(tx)
  }))

test('a new low-stock limit is drawn on the shelf', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await twelveUnits(tx)

    await tx`update public.shop_settings set low_stock_at = 20`

    expect(await shelfOf(tx, variantId)).toMatchObject({ band: 'low', left: 12 })
    await noDrift(tx)
  }))
