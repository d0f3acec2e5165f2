import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { connect, deliver, rolledBack } from '@/tests/support/database'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aCart, asks, outcomes, placeAll } from '@/tests/support/shop/orders-together'
import { aGuest, countsOf, drift } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

test('many orders in one call end where the same orders one by one end', async () => {
  const cart = fc.record({
    first: fc.integer({ min: 0, max: 3 }),
    second: fc.integer({ min: 0, max: 3 }),
    held: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(cart, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 0, max: 9 }),
      async (carts, units) => {
        const end = (inOneCall: boolean) =>
          rolledBack(sql, async (tx) => {
            const { variantId, siblingId, locations } = await stockedVariant(tx, units)
            await deliver(tx, siblingId, locations[1], 4)
            const tokens: string[] = []
            for (const { first, second, held } of carts) {
              const lines = [[variantId, first] as const, [siblingId, second] as const].filter(
                ([, n]) => n > 0,
              )
              const token = await aCart(tx, held ? [] : lines.map(([id, n]) => [id, n]))
              if (held)
                for (const [id, n] of lines)
                  await tx.savepoint((nested) => aGuest(nested, token).hold(id, n)).catch(() => undefined)
              tokens.push(token)
            }
            const requests = tokens.map((token) => asks(token))
            const answers = inOneCall ? await placeAll(tx, requests) : []
            if (!inOneCall) for (const request of requests) answers.push(...(await placeAll(tx, [request])))
            expect(await drift(tx)).toEqual([])
            return {
              outcomes: outcomes(answers),
              stocked: await countsOf(tx, variantId),
              cups: await countsOf(tx, siblingId),
            }
          })
        expect(await end(true)).toEqual(await end(false))
      },
    ),
    { numRuns: 25 },
  )
})
