import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aShop, connect, deliver } from '@/tests/support/database'
import { aCount, type Entry, found } from '@/tests/support/shop/counts'

// A race cannot happen inside one transaction: these commit, on rows of their own.
const sql = connect(12)
afterAll(() => sql.end())

async function aShelf() {
  const shop = await aShop(sql, 2)
  const [variantId = ''] = shop.variants
  await deliver(sql, variantId, shop.locations[0], 12)
  return { ...shop, variantId, sku: `MUG-${variantId}`, count: await aCount(sql, shop.locations[0]) }
}

/** The same list, turned so that everybody begins somewhere else. */
const turned = (entries: Entry[], by: number) => [...entries.slice(by), ...entries.slice(0, by)]

test('ten devices that send the same entries at once, each in its own order, are one count', async () => {
  const { sku, count } = await aShelf()
  const entries = Array.from({ length: 10 }, (_, n) => found(sku, n))

  await Promise.all(entries.map((_, by) => count.record(...turned(entries, by))))

  expect((await count.read()).lines).toMatchObject([{ counted: 45 }])
})

test('an entry that races with the approval is in it or told that it is not', async () => {
  const { sku, count, variantId } = await aShelf()
  await count.record(found(sku, 1))

  const [approved, ...late] = await Promise.allSettled([
    count.approve(),
    ...Array.from({ length: 8 }, () => count.record(found(sku, 1))),
  ])

  expect(approved?.status).toBe('fulfilled')
  const refused = late.filter((each) => each.status === 'rejected')
  for (const { reason } of refused) expect(reason).toMatchObject({ message: 'count_closed' })
  const [result] = await sql`select counted from public.count_results where count_id = ${count.id}`
  expect(result?.counted).toBe(1 + late.length - refused.length)
  const [recorded] = await sql`select count(*)::int as times from public.stock_movements
    where variant_id = ${variantId} and document = ${count.document}`
  expect(recorded?.times).toBe(1)
})

test('of managers who approve at once one does', async () => {
  const { sku, count } = await aShelf()
  await count.record(found(sku, 5))

  const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => count.approve([], randomUUID())))

  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect([...(await sql`select * from private.inventory_drift()`)]).toEqual([])
})
