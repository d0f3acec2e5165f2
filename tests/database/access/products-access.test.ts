import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  aShop,
  connect,
  person,
  refusal,
  rolledBack,
  type Tx,
} from '@/tests/support/database'
import { caller, everyone, expectAllowedFrom, reaches } from '@/tests/support/everyone'
import { saved, sheetOf } from '@/tests/support/shop/products'

const sql = connect(2)
afterAll(() => sql.end())

function calls(productId: string) {
  const tag = randomUUID().slice(0, 8)
  const product = { handle: `jug-${tag}`, title: 'Jug', category: 'tests', sku: `JUG-${tag}`, price_minor: 1 }
  return [
    (tx: Tx) =>
      tx`select public.save_product(${productId}, '{"version": 1}', '{"vendor": "Ilse"}', ${randomUUID()})`,
    (tx: Tx) => tx`select public.create_product(${tx.json(product)}, ${randomUUID()})`,
    (tx: Tx) => tx`select public.add_variant(${productId}, ${`NEW-${tag}`}, '{}', 1, ${randomUUID()})`,
  ]
}

test.for(everyone)('managers and the secret key edit products: %s', (who) =>
  rolledBack(sql, async (tx) => {
    const { productId } = await aShop(tx, 0, 'draft')
    await actAs(tx, await caller(tx, who))

    for (const call of calls(productId)) await expectAllowedFrom('manager', who, tx.savepoint(call))
  }),
)

test.for(everyone)('staff read a draft as it is edited and find it in the list: %s', (who) =>
  rolledBack(sql, async (tx) => {
    const { productId, variants } = await aShop(tx, 1, 'draft')
    await actAs(tx, await caller(tx, who))

    await expectAllowedFrom(
      'viewer',
      who,
      tx.savepoint((inner) => sheetOf(inner, productId)),
    )
    const search = tx.savepoint((inner) => inner`select from public.search_products(${variants[0] ?? ''})`)
    if (who === 'shopper') await expect(search).rejects.toMatchObject({ code: '42501' })
    else expect(await search).toHaveLength(reaches(who, 'viewer') ? 1 : 0)
  }),
)

test('a manager who left edits nothing', () =>
  rolledBack(sql, async (tx) => {
    const { productId } = await aShop(tx, 0, 'draft')
    const manager = await person(tx, 'manager')
    await actAs(tx, manager)
    const sheet = await saved(tx, await sheetOf(tx, productId), { vendor: 'Ilse' })

    await actAsOwner(tx)
    await tx`update public.staff set active = false where user_id = ${manager.userId ?? ''}`
    await actAs(tx, manager)

    expect(await refusal(saved(tx, sheet, { vendor: 'Otto' }))).toMatchObject({ code: 'role_required' })
  }))
