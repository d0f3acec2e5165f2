import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { actAs, connect, person, refusal, rolledBack } from '@/tests/support/database'
import { asks, holdAll, outcomes, type Request } from '@/tests/support/shop/holds-together'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, countsOf, drift, letPass } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

test('of ten who reach for the last six together, the first six hold one each and the others leave no trace', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 6)
    const answers = await holdAll(
      tx,
      Array.from({ length: 10 }, () => asks(variantId)),
    )

    expect(outcomes(answers)).toEqual([...Array(6).fill('held'), ...Array(4).fill('not_enough_left')])
    expect(answers[0]?.cart?.lines).toMatchObject([{ variant_id: variantId, quantity: 1, held: 1 }])
    expect(answers[9]?.refused).toMatchObject({ status: 409, detail: { short: [{ wanted: 1, left: 0 }] } })
    expect(await countsOf(tx, variantId)).toEqual({ on_hand: 6, held: 6, committed: 0, available: 0 })
    const traces = await tx`select from public.carts
      where created_at = now() and not exists (select from public.cart_lines where cart_id = carts.id)`
    expect(traces).toHaveLength(0)
    expect(await drift(tx)).toEqual([])
  }))

test('a hold sent again is answered as it was, together or alone, and a refused one may succeed later', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 1)
    const [first, second] = [asks(variantId), asks(variantId)]
    const [held, refused] = await holdAll(tx, [first, second])
    await tx`select from public.receive_stock(${locations[0]}, ${tx.json([{ variant_id: variantId, quantity: 1 }])}, 'DN', ${randomUUID()})`

    const again = await holdAll(tx, [second, first])

    expect(refused?.refused?.code).toBe('not_enough_left')
    expect(outcomes(again)).toEqual(['held', 'held'])
    expect(again[1]).toEqual(held)
    const alone = await aGuest(tx, first.cart_token).hold(variantId, 1, first.idempotency_key)
    expect(alone).toEqual(held?.cart)
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 2 })
  }))

test('one key for two carts of a call is one hold and one refusal', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 5)
    const key = { idempotency_key: randomUUID() }
    const first = asks(variantId, 1, key)

    expect(outcomes(await holdAll(tx, [first, asks(variantId, 1, key)]))).toEqual([
      'held',
      'idempotency_key_reused',
    ])
    expect(outcomes(await holdAll(tx, [first]))).toEqual(['held'])
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 1 })
  }))

test('an invalid request in a batch is refused alone', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 5)
    const draft = (await stockedVariant(tx, 0)).variantId
    await tx`update public.variants set active = false where id = ${draft}`

    const answers = await holdAll(tx, [
      asks(variantId, 0),
      asks(randomUUID()),
      asks(draft),
      asks(variantId),
      asks(variantId, 100),
    ])

    expect(outcomes(answers)).toEqual(['invalid_input', 'not_found', 'not_found', 'held', 'invalid_input'])
    expect(await drift(tx)).toEqual([])
  }))

test('a call names each guest’s cart once, each with its key, and nobody who is signed in', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 5)
    const one = asks(variantId)
    const sent = (requests: unknown) =>
      refusal(tx.savepoint((nested) => holdAll(nested, requests as Request[])))

    expect(await sent([one, { ...one, idempotency_key: randomUUID() }])).toMatchObject({
      code: 'invalid_input',
    })
    expect(await sent([{ ...one, idempotency_key: null }])).toMatchObject({ code: 'invalid_input' })
    expect(await sent([{ ...one, cart_token: 'short' }])).toMatchObject({ code: 'invalid_input' })
    expect(await sent([])).toMatchObject({ status: 422, detail: { field: 'requests' } })
    await actAs(tx, await person(tx))
    await expect(tx.savepoint((nested) => holdAll(nested, [one]))).rejects.toMatchObject({ code: '42501' })
  }))

test('many holds in one call end where the same holds one by one end', async () => {
  const shopper = fc.record({
    isFirst: fc.boolean(),
    units: fc.integer({ min: 1, max: 4 }),
    late: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(shopper, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 0, max: 9 }),
      async (shoppers, units) => {
        const end = (inOneCall: boolean) =>
          rolledBack(sql, async (tx) => {
            const { variantId, siblingId } = await stockedVariant(tx, units)
            await tx`update public.variants set limit_per_person = 3 where id = ${variantId}`
            const requests: Request[] = []
            for (const { isFirst, units: wanted, late } of shoppers) {
              const request = asks(isFirst ? variantId : siblingId, wanted)
              // Some had a hold before, which has run out.
              if (late)
                await tx.savepoint((nested) =>
                  holdAll(nested, [{ ...request, quantity: 1, idempotency_key: randomUUID() }]),
                )
              requests.push(request)
            }
            await letPass(tx, '11 minutes')
            const answers = inOneCall ? await holdAll(tx, requests) : []
            if (!inOneCall) for (const request of requests) answers.push(...(await holdAll(tx, [request])))
            expect(await drift(tx)).toEqual([])
            return { outcomes: outcomes(answers), stocked: await countsOf(tx, variantId) }
          })
        expect(await end(true)).toEqual(await end(false))
      },
    ),
    { numRuns: 15 },
  )
})
