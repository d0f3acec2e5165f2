import { afterAll, beforeAll, expect, test } from 'vitest'
import { aShop, connect, deliver } from '@/tests/support/database'
import { aWeek, sizes, weekPasses } from '@/tests/support/growing-shop'
import { forget, tablesThatAre } from '@/tests/support/retention'
import { drift } from '@/tests/support/shop/shopping'
import { startScratch } from './support/scratch'

/** The longest rule of a row is 180 days. */
const WARM_UP = 27
const WEEKS = Math.max(WARM_UP + 6, Number(process.env.GROWTH_WEEKS ?? 0))

let scratch: Awaited<ReturnType<typeof startScratch>>
let sql: ReturnType<typeof connect>
beforeAll(async () => {
  scratch = await startScratch()
  sql = connect(2, await scratch.database('growth'))
})
afterAll(async () => {
  await sql.end()
  await scratch.stop()
})

test('in a steady shop every table is flat that is not said to be kept for ever', async () => {
  const { variants, locations } = await aShop(sql)
  const [variantId = ''] = variants
  const [placeId] = locations
  const [names] = await sql`select sku, (select slug from public.locations where id = ${placeId}) as place
    from public.variants where id = ${variantId}`
  const goods = { variantId, placeId, sku: String(names?.sku), placeSlug: String(names?.place) }

  await deliver(sql, variantId, placeId, 15)

  const weekly: Map<string, number>[] = []
  for (let week = 0; week < WEEKS; week++) {
    await aWeek(sql, goods)
    await forget(sql)
    await sql`select public.count_pairs(1000)`
    weekly.push(await sizes(sql))
    await weekPasses(sql)
  }

  const rowsOf = (table: string, week: number) => weekly.at(week)?.get(table) ?? 0
  const shown = [...(weekly[0]?.keys() ?? [])].map((table) => ({
    table,
    'week 1': rowsOf(table, 0),
    'warmed up': rowsOf(table, WARM_UP - 1),
    end: rowsOf(table, -1),
  }))
  console.table(shown)
  const growing = shown.filter((row) => row.end > row['warmed up']).map(({ table }) => table)
  const flat = [...tablesThatAre('cleaned'), ...tablesThatAre('bounded')]
  expect(growing.filter((table) => flat.includes(table))).toEqual([])
  // The shop did trade: what is kept for ever grew.
  expect(growing).toEqual(
    expect.arrayContaining(['public.stock_movements', 'public.orders', 'public.payments']),
  )
  expect(await drift(sql)).toEqual([])
})
