import { afterAll, expect, test } from 'vitest'
import { connect, rolledBack } from '@/tests/support/database'
import { applied, exportedLine, reverted, stagedInventory } from '@/tests/support/shop/imports'
import { adjust, noDrift, twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

test('a reverted inventory import records the opposite of its differences, whatever was sold between', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId, storeId } = await twelveUnits(tx)
    const id = await stagedInventory(tx, [
      await exportedLine(tx, variantId, shopId, 15),
      await exportedLine(tx, variantId, storeId, 4),
    ])
    await applied(tx, id)
    await adjust(tx, variantId, shopId, -2)

    const revert = await reverted(tx, id)

    const levels =
      await tx`select on_hand from public.stock_levels where variant_id = ${variantId} order by on_hand`
    expect(levels.map(({ on_hand }) => on_hand)).toEqual([0, 10])
    expect(revert).toMatchObject({ kind: 'inventory', summary: { levels: { changed: 2 }, units_out: 7 } })
    await noDrift(tx)
  }))
