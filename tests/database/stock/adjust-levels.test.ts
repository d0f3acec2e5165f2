import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  aShop,
  connect,
  deliver,
  person,
  refusal,
  rolledBack,
  shopper,
  type Tx,
} from '@/tests/support/database'
import { noDrift } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

type Line = { variant_id: string; location_id: string; delta: number }
type Row = { variant_id: string; level: { on_hand: number } | null; refusal: { code: string } | null }

const adjust = async (tx: Tx, lines: Line[], key: string = randomUUID()) =>
  (await tx`select public.adjust_levels(${tx.json(lines)}, 'damage', ${key}) as rows`)[0]?.rows as Row[]

async function threeVariants(tx: Tx) {
  const shop = await aShop(tx, 3)
  for (const variant of shop.variants.slice(0, 2)) await deliver(tx, variant, shop.locations[0], 5)
  return shop.variants.map((variant_id) => ({ variant_id, location_id: shop.locations[0], delta: -2 }))
}

test('each row of a bulk change is saved or refused separately', () =>
  rolledBack(sql, async (tx) => {
    const lines = await threeVariants(tx)
    const unknown = { ...lines[0], variant_id: randomUUID() } as Line

    const rows = await adjust(tx, [...lines, unknown])

    expect(rows.map(({ level, refusal: why }) => level?.on_hand ?? why?.code)).toEqual([
      3,
      3,
      'insufficient_stock',
      'not_found',
    ])
    expect(rows[2]?.refusal).toMatchObject({ detail: { short: [{ delta: -2, available: 0 }] } })
    await noDrift(tx)
  }))

test('two rows of one level cannot each pass alone', () =>
  rolledBack(sql, async (tx) => {
    const [line] = await threeVariants(tx)
    if (!line) throw new Error('no mug')

    const rows = await adjust(tx, [
      { ...line, delta: -3 },
      { ...line, delta: -3 },
    ])

    expect(rows).toMatchObject([{ level: null, refusal: { code: 'insufficient_stock' } }])
  }))

test('a bulk change sent twice is saved once, and undone as one', () =>
  rolledBack(sql, async (tx) => {
    const lines = (await threeVariants(tx)).slice(0, 2)
    const key = randomUUID()

    const first = await adjust(tx, lines, key)
    expect(await adjust(tx, lines, key)).toEqual(first)
    const back = await tx`select on_hand from public.undo_stock_change(${key}, ${randomUUID()})`

    expect(back.map((level) => level.on_hand)).toEqual([5, 5])
  }))

test('a line that is no adjustment stops the whole, and is named', () =>
  rolledBack(sql, async (tx) => {
    const lines = await threeVariants(tx)
    const wrong = [lines[0], { ...lines[1], delta: 0 }] as Line[]

    expect(await refusal(tx.savepoint((nested) => adjust(nested, wrong)))).toMatchObject({
      status: 422,
      code: 'invalid_input',
      detail: { field: 'lines[1]' },
    })
  }))

test.for(['viewer', 'stock', 'manager'] as const)(
  'a %s makes and undoes bulk changes as the role allows',
  (role) =>
    rolledBack(sql, async (tx) => {
      const [line] = await threeVariants(tx)
      if (!line) throw new Error('no mug')
      const key = randomUUID()
      await actAs(tx, await person(tx, role))
      const attempt = tx.savepoint(async (nested) => {
        await adjust(nested, [line], key)
        return nested`select from public.undo_stock_change(${key}, ${randomUUID()})`
      })

      if (role === 'viewer')
        expect(await refusal(attempt)).toMatchObject({ status: 403, code: 'role_required' })
      else expect(await attempt).toHaveLength(1)
    }),
)

test("no staff member can undo another one's change", () =>
  rolledBack(sql, async (tx) => {
    const [line] = await threeVariants(tx)
    if (!line) throw new Error('no mug')
    const key = randomUUID()
    await adjust(tx, [line], key)
    await actAs(tx, await person(tx, 'manager'))

    const attempt = tx.savepoint((nested) => nested`select public.undo_stock_change(${key}, ${randomUUID()})`)

    expect(await refusal(attempt)).toMatchObject({ status: 404, code: 'not_found' })
  }))

test.for(['adjust_levels', 'undo_stock_change'])('a shopper may not call %s', (name) =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, shopper)
    const call =
      name === 'adjust_levels'
        ? tx`select public.adjust_levels('[]', 'damage', ${randomUUID()})`
        : tx`select public.undo_stock_change(${randomUUID()}, ${randomUUID()})`
    await expect(call).rejects.toMatchObject({ code: '42501' })
  }),
)
