import { KEYS } from 'embedded-supabase/keys'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { Audience } from '@/bench/crowd/audience'
import { connect } from '@/tests/support/database'
import { aCounter, type Counter, isStockBroadcast, underTest } from './support/shop-window'

const sql = connect()
let counter: Counter
let audience: Audience

beforeEach(async () => {
  counter = await aCounter(sql, 5)
  audience = new Audience({
    shop: process.env.SHELF_SERVER_URL ?? '',
    supabaseUrl: underTest().supabaseUrl,
    publishableKey: KEYS.publishable,
    productId: counter.productId,
    viewers: 5,
    isStockBroadcast,
  })
})
afterEach(async () => {
  await audience.leave()
  await counter.cable.close()
})
afterAll(() => sql.end())

const patience = { timeout: 30_000 }

test('the viewers of the crowd benchmark are live pages, and all see each change', async () => {
  await expect.poll(async () => (await audience.report()).live, patience).toBe(5)

  await counter.move(-2)

  const shelf = (await counter.shelf()).map((row) => [row.variant_id, row.version, row.left]).sort()
  await expect.poll(async () => (await audience.report()).pages, patience).toEqual([JSON.stringify(shelf)])
  const { lastAt, compared, live } = await audience.report()
  expect(new Map(lastAt).has(`${counter.variantId} ${shelf[0]?.[1]}`)).toBe(true)
  expect(compared).toBeGreaterThan(0)
  expect(live).toBe(5)
})
