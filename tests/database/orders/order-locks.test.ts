import { afterAll, beforeAll, expect, test } from 'vitest'
import { aShop, connect, deliver, refusal, type Tx } from '@/tests/support/database'
import { aCart, asks, outcomes, placeAll } from '@/tests/support/shop/orders-together'
import { aGuest } from '@/tests/support/shop/shopping'

const sql = connect(4)
let shop: Awaited<ReturnType<typeof aShop>>
beforeAll(async () => {
  shop = await aShop(sql, 2)
  for (const variant of shop.variants) await deliver(sql, variant, shop.locations[0], 9)
})
afterAll(() => sql.end())

/** Does the work while another transaction holds locks and does not release them. */
async function whileLocked<T>(lock: (tx: Tx) => PromiseLike<unknown>, work: () => Promise<T>): Promise<T> {
  const locked = Promise.withResolvers<void>()
  const done = Promise.withResolvers<void>()
  const holder = sql.begin(async (tx) => {
    await lock(tx)
    locked.resolve()
    await done.promise
  })
  await Promise.race([locked.promise, holder])
  try {
    return await work()
  } finally {
    done.resolve()
    await holder
  }
}

const place = (carts: string[]) =>
  sql.begin((tx) =>
    placeAll(
      tx,
      carts.map((cart) => asks(cart)),
    ),
  )
const cartOf = (variant: string | undefined) => sql.begin((tx) => aCart(tx, [[variant ?? '', 1]]))

test.for([
  ['its row', (tx: Tx, variant: string) => tx`select private.lock_variants(${[variant]})`],
  ['its queue', (tx: Tx, variant: string) => tx`select private.queue_for(${[variant]})`],
] as const)('a locked variant refuses its own orders and passes other orders: %s', async ([, lock]) => {
  const [stuck = '', free] = shop.variants
  const carts = await Promise.all([cartOf(stuck), cartOf(free), cartOf(stuck), cartOf(free)])

  const answers = await whileLocked(
    (tx) => lock(tx, stuck),
    () => place(carts),
  )

  expect(outcomes(answers)).toEqual(['busy', 'placed', 'busy', 'placed'])
  expect(answers[0]?.refused).toMatchObject({ status: 503, detail: { retry_after_seconds: 1 } })
  expect(outcomes(await place([carts[0] ?? '', carts[2] ?? '']))).toEqual(['placed', 'placed'])
})

test('a locked cart refuses its own order and passes other orders', async () => {
  const [mine, other] = await Promise.all([cartOf(shop.variants[0]), cartOf(shop.variants[1])])

  const answers = await whileLocked(
    (tx) => tx`select from public.carts where token_hash = sha256(convert_to(${mine}, 'UTF8')) for update`,
    () => place([mine, other]),
  )

  expect(outcomes(answers)).toEqual(['busy', 'placed'])
})

test('a key that another call is using refuses its own order only', async () => {
  const [mine, other] = await Promise.all([cartOf(shop.variants[0]), cartOf(shop.variants[1])])
  const [first, second] = [asks(mine), asks(other)]

  const answers = await whileLocked(
    (tx) => tx`select pg_advisory_xact_lock(private.key_gate(${first.idempotency_key}))`,
    () => sql.begin((tx) => placeAll(tx, [first, second])),
  )

  expect(outcomes(answers)).toEqual(['busy', 'placed'])
})

test('a locked order is not waited for without end', async () => {
  const cart = await cartOf(shop.variants[0])
  const [answer] = await place([cart])
  const id = answer?.order?.order_id ?? ''

  const cancelled = await whileLocked(
    (tx) => tx`select from public.orders where id = ${id} for update`,
    () => refusal(aGuest(sql, cart).cancel(id)),
  )

  expect(cancelled).toMatchObject({ status: 503, code: 'busy' })
})
