import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { aShop, connect, deliver, refusal, rolledBack, type Tx } from '@/tests/support/database'
import { noDrift } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

const units = fc.integer({ min: -9, max: 9 }).filter((n) => n !== 0)
const where = { variant: fc.nat(1), place: fc.nat(1) }

/** A staff operation, encoded as indices and units. */
const step = fc.oneof(
  fc.record({ does: fc.constant('adjust' as const), ...where, units }),
  fc.record({ does: fc.constant('receive' as const), ...where, units: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ does: fc.constant('transfer' as const), ...where, units: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ does: fc.constant('recount' as const), ...where, units: fc.integer({ min: 0, max: 20 }) }),
  fc.record({ does: fc.constant('adjust many' as const), ...where, units }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never
type Shop = Awaited<ReturnType<typeof aShop>>

async function numbersOf(tx: Tx, shop: Shop): Promise<Record<string, number>> {
  const rows = await tx`select variant_id, location_id, on_hand, available from public.stock_levels
    where variant_id = any(${shop.variants}::uuid[]) order by 1, 2`
  return Object.fromEntries(
    rows.map((row) => [`${row.variant_id}@${row.location_id}`, row.on_hand * 1000 + row.available]),
  )
}

/** Runs it under a new key; null when it was refused or moved nothing. */
async function perform(tx: Tx, shop: Shop, { does, variant, place, units: many }: Step) {
  const key = randomUUID()
  const variantId = shop.variants[variant] ?? ''
  const [here, there] = place === 0 ? shop.locations : ([...shop.locations].reverse() as [string, string])
  const lines = tx.json([{ variant_id: variantId, quantity: many }])
  const everywhere = tx.json(
    shop.variants.flatMap((id) =>
      shop.locations.map((at) => ({ variant_id: id, location_id: at, delta: many })),
    ),
  )
  const before = await numbersOf(tx, shop)
  await tx
    .savepoint((nested) => {
      if (does === 'adjust')
        return nested`select public.adjust_stock(${variantId}, ${here}, ${many}, 'correction', ${key})`
      if (does === 'receive') return nested`select public.receive_stock(${here}, ${lines}, 'DN', ${key})`
      if (does === 'transfer')
        return nested`select public.transfer_stock(${here}, ${there}, ${lines}, ${key})`
      if (does === 'adjust many')
        return nested`select public.adjust_levels(${everywhere}, 'correction', ${key})`
      return nested`select public.recount_stock(${variantId}, ${here},
        coalesce((select on_hand from public.stock_levels where variant_id = ${variantId} and location_id = ${here}), 0), ${many}, ${key})`
    })
    .catch((error: { message: string }) => expect(error.message).toBe('insufficient_stock'))
  return JSON.stringify(await numbersOf(tx, shop)) === JSON.stringify(before) ? null : { key, before }
}

const undo = (tx: Tx, change: string, key: string = randomUUID()) =>
  tx`select * from public.undo_stock_change(${change}, ${key})`

test('undoing every change of a staff member step by step restores every number', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), (steps) =>
      rolledBack(sql, async (tx) => {
        const shop = await aShop(tx, 2)
        for (const variant of shop.variants)
          for (const place of shop.locations) await deliver(tx, variant, place, 12)
        const done = []
        for (const each of steps) {
          const change = await perform(tx, shop, each)
          if (change) done.push(change)
        }

        for (const { key, before } of done.toReversed()) {
          await undo(tx, key)
          expect(await numbersOf(tx, shop)).toEqual(before)
        }

        await noDrift(tx)
      }),
    ),
    { numRuns: 40 },
  )
})

test('changes that only add units can be undone in any order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }),
      fc.infiniteStream(fc.nat(1000)),
      (deltas, chance) =>
        rolledBack(sql, async (tx) => {
          const shop = await aShop(tx)
          const before = await numbersOf(tx, shop)
          const keys: string[] = []
          for (const delta of deltas) {
            const change = await perform(tx, shop, { does: 'adjust', variant: 0, place: 0, units: delta })
            keys.push(change?.key ?? '')
          }

          const order = keys.map((key) => ({ key, at: chance.next().value ?? 0 })).sort((a, b) => a.at - b.at)
          for (const { key } of order) await undo(tx, key)

          expect(Object.values(await numbersOf(tx, shop))).toEqual([0])
          expect(before).toEqual({})
        }),
    ),
    { numRuns: 20 },
  )
})

test('an undo can itself be undone, and nothing twice', () =>
  rolledBack(sql, async (tx) => {
    const shop = await aShop(tx)
    const [variant = ''] = shop.variants
    const [change, back, forth] = [randomUUID(), randomUUID(), randomUUID()]
    await tx`select public.adjust_stock(${variant}, ${shop.locations[0]}, 5, 'receive', ${change}, 'DN-1')`

    await undo(tx, change, back)
    expect(await refusal(tx.savepoint((nested) => undo(nested, change)))).toMatchObject({
      status: 409,
      code: 'already_undone',
    })
    const [level] = await undo(tx, back, forth)

    expect(level).toMatchObject({ on_hand: 5 })
    expect((await undo(tx, back, forth))[0]).toMatchObject({ on_hand: 5 })
    const lines = await tx`select delta, reason, document, note from public.stock_movements
      where variant_id = ${variant} order by id`
    expect(lines).toEqual([
      { delta: 5, reason: 'receive', document: 'DN-1', note: null },
      { delta: -5, reason: 'correction', document: 'DN-1', note: 'Undone' },
      { delta: 5, reason: 'correction', document: 'DN-1', note: 'Undone' },
    ])
  }))

test('sold units cannot be undone', () =>
  rolledBack(sql, async (tx) => {
    const shop = await aShop(tx)
    const [variant = ''] = shop.variants
    const change = randomUUID()
    await tx`select public.adjust_stock(${variant}, ${shop.locations[0]}, 5, 'receive', ${change})`
    await tx`select public.adjust_stock(${variant}, ${shop.locations[0]}, -3, 'damage', ${randomUUID()})`

    expect(await refusal(tx.savepoint((nested) => undo(nested, change)))).toMatchObject({
      code: 'insufficient_stock',
      detail: { short: [{ variant_id: variant, delta: -5, available: 2 }] },
    })
  }))
