import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { otherCodes, sameCodes } from '@/tests/support/codes'
import {
  actAs,
  aShop,
  connect,
  deliver,
  person,
  refusal,
  rolledBack,
  type Tx,
} from '@/tests/support/database'
import { aCount, found } from '@/tests/support/shop/counts'
import { aPicker } from '@/tests/support/shop/picking'
import { aGuest } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

const key = async (code: string) => {
  const [row] = await sql`select private.code_key(${code}) as key`
  return String(row?.key)
}

describe('the key of a code in SQL', () => {
  test.each(sameCodes)('%s compare as equal', async (_, ...codes) => {
    expect([...new Set(await Promise.all(codes.map(key)))]).toHaveLength(1)
  })

  test.each(otherCodes)('%s compare as different', async (_, one, other) => {
    expect(await key(one)).not.toBe(await key(other))
  })
})

/** Two variants in stock that share a barcode, and a third with its own. */
async function twins(tx: Tx) {
  const shop = await aShop(tx, 3)
  const [one = '', other = '', third = ''] = shop.variants
  await tx`update public.variants set barcode = '036000291452' where id in ${tx([one, other])}`
  await tx`update public.variants set barcode = '4006381333931' where id = ${third}`
  for (const variant of shop.variants) await deliver(tx, variant, shop.locations[0], 5)
  return { ...shop, one, other, third }
}

async function choices(tx: Tx, code: string): Promise<string[]> {
  const rows = await tx`select choices from public.find_by_codes(${[code]})`
  return rows.flatMap((row) => (row.choices as { variant_id: string }[]).map((each) => each.variant_id))
}

test('a code finds its variant in every form, and all variants that have it', () =>
  rolledBack(sql, async (tx) => {
    const { one, other, third } = await twins(tx)
    await actAs(tx, await person(tx, 'viewer'))

    expect(await choices(tx, '04006381333931')).toEqual([third])
    expect(await choices(tx, '4 006381 333931')).toEqual([third])
    expect(await choices(tx, `mug-${third}`)).toEqual([third])
    expect((await choices(tx, '0036000291452')).toSorted()).toEqual([one, other].toSorted())
    expect(await choices(tx, one)).toEqual([one])
    expect(await choices(tx, 'unknown')).toEqual([])
  }))

test('only staff find variants by their codes, and only so many at once', () =>
  rolledBack(sql, async (tx) => {
    const codes = Array.from({ length: 1001 }, () => randomUUID())
    const account = await person(tx)
    await actAs(tx, await person(tx, 'viewer'))
    expect(await refusal(tx.savepoint((at) => at`select public.find_by_codes(${codes})`))).toMatchObject({
      code: 'invalid_input',
    })
    expect(
      await refusal(tx.savepoint((at) => at`select public.find_by_codes(${['x'.repeat(501)]})`)),
    ).toMatchObject({ status: 422 })

    await actAs(tx, account)
    expect(await refusal(tx.savepoint((at) => at`select public.find_by_codes(${['x']})`))).toMatchObject({
      code: 'role_required',
    })
  }))

test('an ambiguous code is not counted until a person has chosen the variant', () =>
  rolledBack(sql, async (tx) => {
    const { one, other, locations } = await twins(tx)
    const count = await aCount(tx, locations[0])
    const entry = found('036000291452', 4)

    const answer = await count.record(entry)
    expect(answer).toMatchObject({ unknown: [entry.id], ambiguous: [{ id: entry.id }] })
    expect((await count.read()).lines).toEqual([])
    const named = answer.ambiguous.flatMap((each) => each.choices.map(({ variant_id }) => variant_id))
    expect(named.toSorted()).toEqual([one, other].toSorted())

    expect(await count.record({ ...entry, code: other })).toMatchObject({ unknown: [], ambiguous: [] })
    expect((await count.read()).lines).toMatchObject([{ variant_id: other, counted: 4 }])
  }))

test('a recorded entry keeps its variant when its code becomes ambiguous later', () =>
  rolledBack(sql, async (tx) => {
    const { one, third, locations } = await twins(tx)
    const count = await aCount(tx, locations[0])
    const entry = found('4006381333931', 4)
    await count.record(entry)

    await tx`update public.variants set barcode = '4006381333931' where id = ${one}`

    expect(await count.record({ ...entry, withdrawn: true })).toMatchObject({ unknown: [] })
    expect(await count.record(entry)).toMatchObject({
      unknown: [],
      entries: [{ variant_id: third, withdrawn: true }],
    })
  }))

test('a code that two items of an order share is refused with both, and one chosen is picked', () =>
  rolledBack(sql, async (tx) => {
    const { one, other, locations } = await twins(tx)
    const guest = aGuest(tx)
    await guest.hold(one, 1)
    await guest.hold(other, 1)
    const { order_id } = await guest.place()
    const picker = aPicker(tx)

    const refused = await refusal(
      tx.savepoint((at) => aPicker(at).pick(order_id, locations[0], '036000291452')),
    )
    expect(refused).toMatchObject({ status: 409, code: 'ambiguous_code', detail: { code: '036000291452' } })
    expect(refused.detail.choices).toHaveLength(2)

    expect(await picker.pick(order_id, locations[0], other)).toMatchObject({ picked: 1 })
  }))

test('a code that another product shares picks the item that the order has', () =>
  rolledBack(sql, async (tx) => {
    const { one, locations } = await twins(tx)
    const guest = aGuest(tx)
    await guest.hold(one, 1)
    const { order_id } = await guest.place()

    expect(await aPicker(tx).pick(order_id, locations[0], '00036000291452')).toMatchObject({ picked: 1 })
  }))

test('staff find a variant by every form of its barcode', () =>
  rolledBack(sql, async (tx) => {
    const { third } = await twins(tx)
    await actAs(tx, await person(tx, 'viewer'))
    for (const query of ['4006381333931', '04006381333931', '400638133', '006381333931'])
      expect(
        (await tx`select variant_id from public.search_inventory(${query})`).map((row) => row.variant_id),
      ).toContain(third)
  }))

test('a code is found through indexes, however many variants there are', () =>
  rolledBack(sql, async (tx) => {
    await aShop(tx, 5000)
    await tx`analyze public.variants`
    const body =
      await tx`select prosrc from pg_proc where oid = 'private.variants_by_code(text)'::regprocedure`
    const query = String(body[0]?.prosrc).replaceAll('variants_by_code.code', "'4006381333931'")
    const plan = await tx.unsafe(`explain ${query}`)
    expect(plan.map((row) => String(row['QUERY PLAN'])).join('\n')).not.toContain('Seq Scan')
  }))
