import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startReadOnlyApi } from './support/read-only-api'
import { aShop, cookiesOf, textOf } from './support/shop'

const shop = aShop()
let readOnlyApi: Awaited<ReturnType<typeof startReadOnlyApi>>
const readOnlyShop = aShop(async () => {
  readOnlyApi = await startReadOnlyApi()
  return readOnlyApi.url
})
const sql = postgres(process.env.DATABASE_URL ?? '', { max: 2, onnotice: () => undefined })
let variants: string[]

beforeAll(async () => {
  const rows = await sql<{ variant_id: string }[]>`
    select variant_id from public.shelf where band = 'in' order by variant_id limit 2`
  variants = rows.map(({ variant_id }) => variant_id)
})
afterAll(() => Promise.all([sql.end(), readOnlyApi.stop()]))

/** Rows that a cart or a change of stock would leave. */
async function traces(): Promise<string> {
  const [row] = await sql<{ traces: string }[]>`
    select concat((select count(*) from public.carts), ' ', (select count(*) from public.claims), ' ',
      (select count(*) from private.idempotency_keys)) as traces`
  return row?.traces ?? ''
}

test('a read-only database refuses in words, changes nothing, and shows the catalogue', async () => {
  const [variant = ''] = variants
  const before = await traces()

  const added = await readOnlyShop.addToCart(variant)
  const [home, cart] = [await readOnlyShop.ask('/'), await readOnlyShop.ask('/cart')]

  expect(added.status).toBe(303)
  expect(decodeURIComponent(cookiesOf(added))).toContain('"code":"read_only"')
  expect(home.status).toBe(200)
  expect(textOf(home)).not.toContain('We can’t reach our database')
  expect(cart.status).toBe(200)
  expect(await traces()).toBe(before)
})

test('a variant that is locked stalls nobody who wants another one, and its own call ends', async () => {
  const [locked = '', other = ''] = variants
  const lock = await sql.reserve()
  await lock`begin`
  await lock`select pg_advisory_xact_lock(uuid_hash_extended(${locked}, 0))`
  const stalled = [1, 2, 3, 4].map(() => shop.addToCart(locked))
  // Once they wait for the lock, they are not about to pass it.
  const waiting = () => sql`select from pg_locks where locktype = 'advisory' and not granted`
  await expect.poll(async () => (await waiting()).length, { interval: 20 }).toBeGreaterThan(0)

  const others = await Promise.all([1, 2, 3, 4].map(() => shop.addToCart(other)))

  for (const { status, ms } of others) {
    expect(status).toBe(303)
    expect(ms).toBeLessThan(4_000)
  }
  const ends = await Promise.all(stalled)
  for (const { status, ms } of ends) {
    expect([303, 503]).toContain(status)
    expect(ms).toBeLessThan(13_000)
  }
  await lock`rollback`
  lock.release()
})
