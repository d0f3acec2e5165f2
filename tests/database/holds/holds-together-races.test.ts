import { randomUUID } from 'node:crypto'
import { afterAll, expect, test, vi } from 'vitest'
import { aShop, connect, deliver } from '@/tests/support/database'
import { type Answer, asks, holdAll, outcomes, type Request } from '@/tests/support/shop/holds-together'
import { aGuest, aToken, drift } from '@/tests/support/shop/shopping'

// A race cannot happen inside one transaction: these commit, on rows of their own.
const sql = connect(6)
afterAll(() => sql.end())

test.for(['requests', 'carts that are new', 'carts of before'])(
  'two calls that name the same %s in opposite orders wait for each other and never lock each other out',
  async (which) => {
    const shop = await aShop(sql)
    const [variantId = ''] = shop.variants
    await deliver(sql, variantId, shop.locations[0], 20)
    const [first, last, here, there] = [asks(variantId), asks(variantId), asks(variantId), asks(variantId)]
    const sent = (requests: Request[]) =>
      which === 'requests'
        ? requests
        : requests.map((request) => ({ ...request, idempotency_key: randomUUID() }))
    if (which === 'carts of before') await holdAll(sql, [first, last, here, there])

    // One cart is in the middle of both: if each took its variants in order, each would have its first by then.
    let calls: Promise<Answer[]>[] = []
    await sql.begin(async (tx) => {
      // (A change of a cart blocks a call that would create it; a lock of the cart alone does not.)
      if (which === 'carts of before')
        for (const { cart_token } of [here, there]) await aGuest(tx, cart_token).extend()
      else await holdAll(tx, sent([here, there]))
      calls = [
        [first, here, last],
        [last, there, first],
      ].map((requests) => holdAll(sql, sent(requests)))
      await vi.waitFor(
        async () => {
          const waiting =
            await sql`select from pg_stat_activity where wait_event_type = 'Lock' and strpos(query, 'hold_stocks') > 0`
          expect(waiting).toHaveLength(2)
        },
        { timeout: 20_000 },
      )
    })

    expect((await Promise.all(calls)).map(outcomes)).toEqual([Array(3).fill('held'), Array(3).fill('held')])
    expect(await drift(sql)).toEqual([])
  },
)

test('calls that share carts, keys and goods wait for each other and never lock each other out', async () => {
  const shops = await Promise.all([0, 1, 2, 3].map(() => aShop(sql)))
  const variants = shops.flatMap((shop) => shop.variants)
  for (const [n, shop] of shops.entries()) await deliver(sql, variants[n] ?? '', shop.locations[0], 20)
  const carts = Array.from({ length: 6 }, aToken)
  const isShared = (call: number) => call % 3 === 0
  const calls = Array.from({ length: 30 }, (_, call) =>
    (call % 2 === 0 ? carts : carts.toReversed()).map((cart_token, n) =>
      asks(variants[(call + n) % 4] ?? '', 1, isShared(call) ? { cart_token } : {}),
    ),
  )

  // Each is sent twice, the second time in another order.
  await Promise.all(
    calls.flatMap((requests) => [holdAll(sql, requests), holdAll(sql, requests.toReversed())]),
  )

  const [held] =
    await sql`select sum(quantity)::int as units from public.claims where variant_id = any (${variants})`
  expect(held?.units).toBe(80)
  expect(await drift(sql)).toEqual([])
})
