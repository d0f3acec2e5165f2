import { afterAll, expect, test } from 'vitest'
import { actAs, connect, person, rolledBack, type Tx } from '@/tests/support/database'
import { forget } from '@/tests/support/retention'
import { explain, sumOf } from '@/tests/support/shop/explain'
import { aGuest } from '@/tests/support/shop/shopping'
import { noDrift, twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(1)
afterAll(() => sql.end())

/** As if everything so far had been so long ago. */
async function age(tx: Tx, time: string): Promise<void> {
  await tx`alter table private.claim_history disable trigger claim_history_stays`
  await tx`update private.claim_history set at = at - ${time}::interval`
  await tx`alter table private.claim_history enable trigger claim_history_stays`
}

const linesOf = async (tx: Tx, variantId: string) =>
  (await tx`select from private.claim_history where variant_id = ${variantId}`).length

test('a claim that ended 90 days ago is deleted, an open or newer one is not', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const [gone, waiting, late] = [aGuest(tx), aGuest(tx), aGuest(tx)]
    await gone.hold(variantId, 2)
    await gone.release(variantId)
    await waiting.hold(variantId, 3)
    await age(tx, '91 days')
    await late.hold(variantId, 1)
    await late.release(variantId)
    await gone.hold(variantId, 1)

    await forget(tx)

    expect(await linesOf(tx, variantId)).toBe(4)
    await noDrift(tx)
    const held = await explain(tx, variantId, shopId, 'held')
    expect(held.parts.map(({ units }) => units)).toEqual([3, 1])
    await forget(tx)
    expect(await linesOf(tx, variantId)).toBe(4)
  }))

test('a question about a deleted moment gets the first one that is kept, and a note', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    await aGuest(tx).hold(variantId, 3)
    await age(tx, '91 days')
    const longAgo = '2020-01-01T00:00:00Z'

    const held = await explain(tx, variantId, shopId, 'held', longAgo)

    expect(held.units).toBe(3)
    expect(sumOf(held.parts)).toBe(3)
    expect(Date.now() - Date.parse(String(held.at))).toBeLessThan(91 * 24 * 60 * 60 * 1000)
    expect(await explain(tx, variantId, shopId, 'on_hand', longAgo)).toMatchObject({
      units: 0,
      at: expect.stringContaining('2020'),
    })
  }))

test('only the clock forgets, not even a manager', () =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, await person(tx, 'manager'))
    await expect(tx.savepoint((nested) => nested`select public.forget_old_rows()`)).rejects.toThrow(
      'permission denied',
    )
  }))
