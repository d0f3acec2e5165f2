import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { aShop, connect, refusal, rolledBack } from '@/tests/support/database'

const sql = connect(2)
afterAll(() => sql.end())

/** A staff operation on one of two variants at one of two locations, encoded as indices and units. */
const step = fc.oneof(
  fc.record({
    does: fc.constant('adjust' as const),
    variant: fc.nat(1),
    place: fc.nat(1),
    units: fc.integer({ min: -9, max: 9 }).filter((n) => n !== 0),
  }),
  fc.record({
    does: fc.constant('receive' as const),
    variant: fc.nat(1),
    place: fc.nat(1),
    units: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({
    does: fc.constant('transfer' as const),
    variant: fc.nat(1),
    place: fc.nat(1),
    units: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({
    does: fc.constant('recount' as const),
    variant: fc.nat(1),
    place: fc.nat(1),
    units: fc.integer({ min: 0, max: 12 }),
  }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never
type Counts = [[number, number], [number, number]]

/** The same step on plain numbers: the shelf as a child would keep it. Undefined when it must be refused. */
function predicted(counts: Counts, { does, variant, place, units }: Step): Counts | undefined {
  const next = structuredClone(counts)
  const row = next[variant as 0 | 1]
  const [here, there] = place === 0 ? ([0, 1] as const) : ([1, 0] as const)
  if (does === 'recount') row[here] = units
  else if (does === 'transfer') {
    row[here] -= units
    row[there] += units
  } else row[here] += units
  return row[here] < 0 ? undefined : next
}

test('stored totals always equal the sum of the ledger, whatever staff do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) =>
      rolledBack(sql, async (tx) => {
        const shop = await aShop(tx, 2)
        let counts: Counts = [
          [0, 0],
          [0, 0],
        ]

        for (const each of steps) {
          const variantId = shop.variants[each.variant] ?? ''
          const [here, there] =
            each.place === 0 ? shop.locations : ([...shop.locations].reverse() as [string, string])
          const lines = tx.json([{ variant_id: variantId, quantity: each.units }])
          const seen = counts[each.variant as 0 | 1][each.place as 0 | 1]
          const call = tx.savepoint((nested) => {
            if (each.does === 'adjust')
              return nested`select public.adjust_stock(${variantId}, ${here}, ${each.units}, 'correction', ${randomUUID()})`
            if (each.does === 'receive')
              return nested`select public.receive_stock(${here}, ${lines}, 'DN', ${randomUUID()})`
            if (each.does === 'transfer')
              return nested`select public.transfer_stock(${here}, ${there}, ${lines}, ${randomUUID()})`
            return nested`select public.recount_stock(${variantId}, ${here}, ${seen}, ${each.units}, ${randomUUID()})`
          })

          const next = predicted(counts, each)
          if (next) {
            await call
            counts = next
          } else expect((await refusal(call)).code).toBe('insufficient_stock')
        }

        const levels = await tx`select variant_id, location_id, on_hand, available from public.stock_levels
          where variant_id = any(${shop.variants}::uuid[])`
        for (const level of levels) {
          const variant = shop.variants.indexOf(level.variant_id) as 0 | 1
          const place = shop.locations.indexOf(level.location_id) as 0 | 1
          expect({ onHand: level.on_hand, available: level.available }).toEqual({
            onHand: counts[variant][place],
            available: counts[variant][place],
          })
        }
        const sums =
          await tx`select variant_id, available from public.availability where variant_id = any(${shop.variants}::uuid[])`
        for (const sum of sums) {
          const [a, b] = counts[shop.variants.indexOf(sum.variant_id) as 0 | 1]
          expect(sum.available).toBe(a + b)
        }
        expect([...(await tx`select * from private.inventory_drift()`)]).toEqual([])
      }),
    ),
    { numRuns: 60 },
  )
})

test('a drifted number does not stay hidden', () =>
  rolledBack(sql, async (tx) => {
    const shop = await aShop(tx)
    await tx`select public.adjust_stock(${shop.variants[0] ?? ''}, ${shop.locations[0]}, 4, 'receive', ${randomUUID()})`

    await tx`alter table public.stock_levels disable trigger user`
    await tx`update public.stock_levels set on_hand = 7, available = 7 where variant_id = ${shop.variants[0] ?? ''}`

    const drift = await tx`select aggregate, expected, actual from private.inventory_drift() order by 1`
    expect(drift.map((row) => row.aggregate)).toEqual(['availability', 'stock_levels'])
  }))
