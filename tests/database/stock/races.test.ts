import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { afterAll, expect, test, vi } from 'vitest'
import { aShop, connect, deliver, type Tx } from '@/tests/support/database'
import { aGuest } from '@/tests/support/shop/shopping'

// A race cannot happen inside one transaction: these commit, on rows of their own.
const sql = connect(16)
afterAll(() => sql.end())

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'taken',
    (error: Error) => error.message,
  )
const count = (outcomes: string[], which: string) => outcomes.filter((each) => each === which).length
/** Resolves once another connection waits for a lock in a statement that contains these words. */
const aCallWaitsIn = (words: string) =>
  vi.waitFor(
    async () => {
      const waiting = await sql`select from pg_stat_activity
        where wait_event_type = 'Lock' and pid <> pg_backend_pid() and strpos(query, ${words}) > 0`
      expect(waiting.length).toBeGreaterThan(0)
    },
    { timeout: 20_000 },
  )
const noDrift = async () => expect([...(await sql`select * from private.inventory_drift()`)]).toEqual([])

test('of sixteen who take the last five units, five get one and eleven are told', async () => {
  const shop = await aShop(sql)
  const [variantId = ''] = shop.variants
  await deliver(sql, variantId, shop.locations[0], 5)

  const outcomes = await Promise.all(
    Array.from({ length: 16 }, () =>
      outcome(
        sql`select public.adjust_stock(${variantId}, ${shop.locations[0]}, -1, 'damage', ${randomUUID()})`,
      ),
    ),
  )

  expect(count(outcomes, 'taken')).toBe(5)
  expect(count(outcomes, 'insufficient_stock')).toBe(11)
  await noDrift()
})

test('a request sent sixteen times at once takes effect once and gets the same response each time', async () => {
  const shop = await aShop(sql)
  const [variantId = ''] = shop.variants
  const key = randomUUID()

  const answers = await Promise.all(
    Array.from(
      { length: 16 },
      () => sql`select * from public.adjust_stock(${variantId}, ${shop.locations[0]}, 3, 'receive', ${key})`,
    ),
  )

  expect(
    new Set(
      answers.map((rows) =>
        JSON.stringify(rows[0], (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
      ),
    ).size,
  ).toBe(1)
  expect(answers[0]?.[0]?.on_hand).toBe(3)
  await noDrift()
})

test('transfers that cross each other with many lines never deadlock', async () => {
  const shop = await aShop(sql, 8)
  const [here, there] = shop.locations
  for (const variantId of shop.variants) {
    await deliver(sql, variantId, here, 50)
    await deliver(sql, variantId, there, 50)
  }

  const outcomes = await Promise.all(
    Array.from({ length: 48 }, (_, n) => {
      const lines = [...shop.variants]
        .sort(() => (n % 2 ? 1 : -1))
        .map((variant_id) => ({ variant_id, quantity: 1 + (n % 3) }))
      const [from, to] = n % 2 ? [here, there] : [there, here]
      return outcome(sql`select public.transfer_stock(${from}, ${to}, ${sql.json(lines)}, ${randomUUID()})`)
    }),
  )

  expect(count(outcomes, 'taken')).toBe(48)
  const sums =
    await sql`select distinct available from public.availability where variant_id = any(${shop.variants}::uuid[])`
  expect([...sums]).toEqual([{ available: 100 }])
  await noDrift()
})

test('lines that reach the ledger at two places at once both count, whoever wrote them', async () => {
  const shop = await aShop(sql)
  const [variantId = ''] = shop.variants
  const write = (on: Sql | Tx, location: string) =>
    on`insert into public.stock_movements (variant_id, location_id, delta, reason)
      values (${variantId}, ${location}, 1, 'receive')`

  let second: Promise<unknown> = Promise.resolve()
  await sql.begin(async (tx) => {
    await write(tx, shop.locations[0])
    second = write(sql, shop.locations[1]).execute()
    await aCallWaitsIn('insert into public.stock_movements')
  })
  await second

  const [sum] = await sql`select on_hand, available from public.availability where variant_id = ${variantId}`
  expect(sum).toEqual({ on_hand: 2, available: 2 })
  await noDrift()
})

test('cancelling an order during its handover is refused', async () => {
  const shop = await aShop(sql)
  const [variantId = ''] = shop.variants
  await deliver(sql, variantId, shop.locations[0], 1)
  const guest = aGuest(sql)
  await guest.hold(variantId)
  const { order_id } = await guest.place()

  let late: Promise<unknown> = Promise.resolve()
  await sql.begin(async (tx) => {
    await tx`select public.fulfil_order(${order_id}, ${shop.locations[0]}, ${randomUUID()})`
    late = outcome(guest.cancel(order_id))
    await aCallWaitsIn('cancel_order')
  })

  expect(await late).toBe('order_not_open')
  expect(await guest.order(order_id)).toMatchObject({
    status: 'fulfilled',
    items: [{ fulfilled: 1, cancelled: 0 }],
  })
  await noDrift()
})

test('holding a second product in two tabs at once waits, and is not locked out', async () => {
  const shop = await aShop(sql, 2)
  const [first = '', second = ''] = shop.variants
  for (const variantId of shop.variants) await deliver(sql, variantId, shop.locations[0], 2)
  const { token, hold } = aGuest(sql)
  await hold(first)

  let late: Promise<unknown> = Promise.resolve()
  await sql.begin(async (tx) => {
    await aGuest(tx, token).extend()
    late = outcome(hold(second))
    await aCallWaitsIn('hold_stock(')
    await aGuest(tx, token).hold(second)
  })

  expect(await late).toBe('taken')
  await noDrift()
})

test('of two recounts from the same number one wins and the other sees the movement', async () => {
  const shop = await aShop(sql)
  const [variantId = ''] = shop.variants
  await deliver(sql, variantId, shop.locations[0], 12)

  const outcomes = await Promise.all(
    [10, 11].map((counted) =>
      outcome(
        sql`select public.recount_stock(${variantId}, ${shop.locations[0]}, 12, ${counted}, ${randomUUID()})`,
      ),
    ),
  )

  expect(outcomes.sort()).toEqual(['stock_moved', 'taken'])
  await noDrift()
})

test('publishing a product while its stock moves leaves the shelf right', async () => {
  const shop = await aShop(sql, 2, 'draft')

  await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      n % 4 === 0
        ? sql`update public.products set status = (array['draft', 'active']::public.product_status[])[1 + ${(n / 4) % 2}::int] where id = ${shop.productId}`
        : sql`select public.adjust_stock(${shop.variants[n % 2] ?? ''}, ${shop.locations[0]}, 1, 'receive', ${randomUUID()})`,
    ),
  )

  await noDrift()
})

test('the constraint, not a function, has the last word', async () => {
  const shop = await aShop(sql)
  const [variantId = ''] = shop.variants
  await deliver(sql, variantId, shop.locations[0], 5)

  for (const table of ['stock_levels', 'availability']) {
    const bySheerForce = sql`update ${sql(`public.${table}`)} set held = 6, available = -1 where variant_id = ${variantId}`
    await expect(bySheerForce).rejects.toMatchObject({
      code: '23514',
      constraint_name: `${table}_available_check`,
    })
  }
})
