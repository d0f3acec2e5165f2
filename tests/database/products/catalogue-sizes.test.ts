import { afterAll, expect, test } from 'vitest'
import { actAs, aShop, connect, rolledBack, secretKey, type Tx } from '@/tests/support/database'

const sql = connect(2)
afterAll(() => sql.end())

const sizeOf = async (tx: Tx, category: string) =>
  (await tx`select products from public.category_sizes where category = ${category}`)[0]?.products ?? 0

test('however products come, move and go, the length of a listing is what there is', () =>
  rolledBack(sql, async (tx) => {
    await tx`insert into public.categories (slug, title) values ('sized', 'Sized'), ('other', 'Other')`
    const [first, second, draft] = [await aShop(tx), await aShop(tx), await aShop(tx, 1, 'draft')]
    const all = [first, second, draft].map(({ productId }) => productId)

    await tx`update public.products set category = 'sized' where id = any (${all})`
    expect(await sizeOf(tx, 'sized')).toBe(2)
    await tx`update public.products set status = 'active' where id = ${draft.productId}`
    await tx`update public.products set category = 'other' where id = ${first.productId}`
    await tx`update public.products set status = 'archived' where id = ${second.productId}`

    expect([await sizeOf(tx, 'sized'), await sizeOf(tx, 'other')]).toEqual([1, 1])
    expect([...(await tx`select * from private.category_sizes_drift()`)]).toEqual([])
  }))

test('a length that is wrong does not stay hidden; the shop’s server reads lengths, and nobody writes them', () =>
  rolledBack(sql, async (tx) => {
    await aShop(tx)
    await tx`update public.category_sizes set products = products + 1 where category = 'tests'`
    expect(await tx`select * from private.category_sizes_drift()`).toHaveLength(1)

    await actAs(tx, secretKey)
    expect(await tx`select from public.category_sizes where category = 'tests'`).toHaveLength(1)
    await expect(
      tx.savepoint((nested) => nested`update public.category_sizes set products = 0`),
    ).rejects.toMatchObject({ code: '42501' })
  }))
