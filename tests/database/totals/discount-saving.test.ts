import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, connect, person, refused, rolledBack, type Tx } from '@/tests/support/database'
import { aGuest, aToken } from '@/tests/support/shop/shopping'
import { aBuyer, addDiscount, enterCode } from '@/tests/support/totals/discounts'

const sql = connect(2)
afterAll(() => sql.end())

test.for([
  ['title', { title: '' }],
  ['code', { code: 'A B' }],
  ['code', { code: 'ÄÖÜ' }],
  ['kind', { kind: 'gift' }],
  ['percent_bp', { percent_bp: 0 }],
  ['percent_bp', { percent_bp: 10_001 }],
  ['amount_minor', { kind: 'amount', percent_bp: null }],
  ['category', { category: 'nowhere' }],
  ['product', { product: 'nothing' }],
  ['minimum_minor', { minimum_minor: -1 }],
  ['starts_at', { starts_at: 'yesterday' }],
  ['ends_at', { starts_at: '2026-01-02T00:00:00Z', ends_at: '2026-01-01T00:00:00Z' }],
  ['uses_limit', { uses_limit: 0 }],
  ['uses_limit', { uses_limit: 5, code: null }],
  ['per_person', { per_person: 1.5 }],
  ['active', { active: 'false' }],
] as const)('a discount with a bad %s is refused: %j', ([field, part]) =>
  rolledBack(sql, async (tx) => {
    expect(await refused(tx, (nested) => addDiscount(nested, part))).toMatchObject({
      code: 'invalid_input',
      detail: { field },
    })
  }),
)

test('managers alone save discounts, against the version they read, and a code belongs to one', () =>
  rolledBack(sql, async (tx) => {
    const discount = await addDiscount(tx, { uses_limit: 3 })
    for (const caller of [await person(tx), await person(tx, 'stock')]) {
      const attempt = refused(tx, async (nested) => {
        await actAs(nested, caller)
        await addDiscount(nested)
      })
      expect(await attempt).toMatchObject({ code: 'role_required' })
    }
    const save =
      (version: number, part: object = {}) =>
      (nested: Tx) => {
        const changed = {
          title: 'Ten',
          kind: 'percent',
          percent_bp: 1000,
          code: discount.code,
          uses_limit: 3,
          ...part,
        }
        return nested`select public.save_discount(${nested.json(changed as never)}, ${randomUUID()}, ${discount.id}, ${version})`
      }
    await save(1)(tx)
    expect(await refused(tx, save(1))).toMatchObject({ code: 'discount_changed' })
    expect(await refused(tx, save(2, { code: null, uses_limit: null }))).toMatchObject({
      detail: { field: 'code' },
    })
    const other = await addDiscount(tx)
    expect(await refused(tx, save(2, { code: other.code }))).toMatchObject({ detail: { field: 'code' } })
    const { guest, variantId } = await aBuyer(tx)
    const second = aGuest(tx, aToken())
    await second.hold(variantId)
    for (const { token } of [guest, second]) await enterCode(tx, token, discount.code)
    expect(await refused(tx, save(2, { uses_limit: 1 }))).toMatchObject({ detail: { field: 'uses_limit' } })
  }))
