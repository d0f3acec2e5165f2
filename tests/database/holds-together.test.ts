import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type { Sql } from 'postgres'
import { afterAll, expect, test } from 'vitest'
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
import { mugs } from '@/tests/support/orders'
import { aGuest, aToken, type Cart, countsOf, drift, letPass } from '@/tests/support/shopping'

const sql = connect(2)
afterAll(() => sql.end())

type Request = { variant_id: string; quantity: number; cart_token: string; idempotency_key: string }
type Answer = {
  cart?: Cart
  refused?: { status: number; code: string; detail: Record<string, unknown> }
}

const asks = (variant_id: string, quantity = 1, more: Partial<Request> = {}): Request => ({
  variant_id,
  quantity,
  cart_token: aToken(),
  idempotency_key: randomUUID(),
  ...more,
})

async function holdAll(tx: Tx | Sql, requests: Request[]): Promise<Answer[]> {
  const [row] = await tx`select public.hold_stocks(${JSON.stringify(requests)}::text::jsonb) as answers`
  return row?.answers as Answer[]
}

const outcomes = (answers: Answer[]) => answers.map(({ cart, refused }) => (cart ? 'held' : refused?.code))

test('of ten who reach for the last six together, the first six hold one each and the others leave no trace', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await mugs(tx, 6)
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
    const { variantId, locations } = await mugs(tx, 1)
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
    const { variantId } = await mugs(tx, 5)
    const key = { idempotency_key: randomUUID() }
    const first = asks(variantId, 1, key)

    expect(outcomes(await holdAll(tx, [first, asks(variantId, 1, key)]))).toEqual([
      'held',
      'idempotency_key_reused',
    ])
    expect(outcomes(await holdAll(tx, [first]))).toEqual(['held'])
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 1 })
  }))

test('what one asks for wrongly is refused to that one alone', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await mugs(tx, 5)
    const draft = (await mugs(tx, 0)).variantId
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
    const { variantId } = await mugs(tx, 5)
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
    expect(await sent([one])).toMatchObject({ code: 'invalid_input' })
  }))

test('calls that share carts, keys and goods wait for each other and never lock each other out', async () => {
  const crowd = connect(6)
  try {
    const shops = await Promise.all([0, 1, 2, 3].map(() => aShop(crowd)))
    const variants = shops.flatMap((shop) => shop.variants)
    for (const [n, shop] of shops.entries()) await deliver(crowd, variants[n] ?? '', shop.locations[0], 20)
    const carts = Array.from({ length: 6 }, aToken)
    const isShared = (call: number) => call % 3 === 0
    const calls = Array.from({ length: 30 }, (_, call) =>
      (call % 2 === 0 ? carts : carts.toReversed()).map((cart_token, n) =>
        asks(variants[(call + n) % 4] ?? '', 1, isShared(call) ? { cart_token } : {}),
      ),
    )

    // Each is sent twice, the second time in another order.
    await Promise.all(
      calls.flatMap((requests) => [holdAll(crowd, requests), holdAll(crowd, requests.toReversed())]),
    )

    const [held] =
      await crowd`select sum(quantity)::int as units from public.claims where variant_id = any (${variants})`
    expect(held?.units).toBe(80)
    expect(await drift(crowd)).toEqual([])
  } finally {
    await crowd.end()
  }
})

test('many holds in one call end where the same holds one by one end', async () => {
  const shopper = fc.record({
    isMug: fc.boolean(),
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
            const { variantId, siblingId } = await mugs(tx, units)
            await tx`update public.variants set limit_per_person = 3 where id = ${variantId}`
            const requests: Request[] = []
            for (const { isMug, units: wanted, late } of shoppers) {
              const request = asks(isMug ? variantId : siblingId, wanted)
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
            return { outcomes: outcomes(answers), mugs: await countsOf(tx, variantId) }
          })
        expect(await end(true)).toEqual(await end(false))
      },
    ),
    { numRuns: 15 },
  )
})
