import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { aShop, connect, deliver, rolledBack } from '@/tests/support/database'
import { applied, exportedLine, previewed, stagedInventory } from '@/tests/support/shop/imports'
import { adjust, noDrift, onHand } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

test('an import adds exactly the written differences, whatever was sold, received and written concurrently', async () => {
  const event = fc.record({ variant: fc.nat(2), delta: fc.integer({ min: -4, max: 6 }).filter(Boolean) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(fc.integer({ min: 4, max: 30 })), { minLength: 3, maxLength: 3 }),
      fc.array(event, { maxLength: 6 }),
      async (written, events) => {
        await rolledBack(sql, async (tx) => {
          const shop = await aShop(tx, 3)
          const [place] = shop.locations
          for (const variant of shop.variants) await deliver(tx, variant, place, 40)
          const lines = await Promise.all(
            shop.variants.map((variant, n) => exportedLine(tx, variant, place, written[n] ?? '')),
          )
          for (const { variant, delta } of events)
            await adjust(tx, shop.variants[variant] ?? '', place, delta)
          const before = await Promise.all(shop.variants.map((variant) => onHand(tx, variant, place)))
          const wanted = before.map((units, n) => units + (written[n] ?? 40) - 40)

          const id = await stagedInventory(tx, lines)
          const { conflicts } = await previewed(tx, id)
          const isPossible = wanted.every((units) => units >= 0)
          expect(conflicts.length === 0).toBe(isPossible)
          if (!isPossible) return
          await applied(tx, id)

          expect(await Promise.all(shop.variants.map((variant) => onHand(tx, variant, place)))).toEqual(
            wanted,
          )
          await noDrift(tx)
        })
      },
    ),
    { numRuns: 8 },
  )
})
