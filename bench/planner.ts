import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { startScratch } from '@/tests/kernel/support/scratch'
import { aShop, connect, deliver, type Shop } from '@/tests/support/database'
import { aGuest, thePackingTable } from '@/tests/support/shop/shopping'
import { median } from './figures/quantile'
import { report } from './figures/report'
import { fillCarts, growTheLedger, stockUp } from './kernel/shop'

const ROUNDS = Number(process.env.PLANNER_ROUNDS ?? 15)
const LEDGER_LINES = Number(process.env.PLANNER_LEDGER ?? 100_000)

/** A planner setting of a function, as the catalog has it: "enable_seqscan=off". */
interface Setting {
  name: string
  value: string
  functions: string[]
}

/**
 * Each planner setting of docs/planner-settings.md, and the same shop without it. A session trades in an empty shop, so
 * that its plans are made there; the shop grows; the same session trades again and is measured.
 */
export async function run(): Promise<void> {
  const scratch = await startScratch()
  try {
    const settings = await settingsOf(await scratch.database('planner'))
    const all = await measured(await scratch.database('planner'), undefined)
    const rows = []
    for (const setting of settings) {
      const without = await measured(await scratch.database('planner'), setting)
      for (const [what, cost] of Object.entries(without)) {
        const now = all[what]
        if (!now) continue
        rows.push({
          what: `${setting.name} = ${setting.value}, ${what}`,
          measured: `${now.ms.toFixed(2)} ms, ${now.rows} rows scanned`,
          limit: `${cost.ms.toFixed(2)} ms, ${cost.rows} rows scanned`,
          ratio: (now.ms / cost.ms).toFixed(2),
          target: '1.0 or less, or fewer rows',
        })
      }
    }
    report('planner', PURPOSE, rows)
  } finally {
    await scratch.stop()
  }
}

/** The planner settings that functions have, each with its functions. */
async function settingsOf(url: string): Promise<Setting[]> {
  const sql = connect(1, url)
  const rows = await sql<Setting[]>`
    select split_part(setting, '=', 1) as name, split_part(setting, '=', 2) as value,
      array_agg(p.oid::regprocedure::text order by 1) as functions
    from pg_proc as p cross join unnest(p.proconfig) as setting
    where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
      and setting ~ '^(enable_|plan_cache_mode|jit|work_mem|random_page_cost|cpu_)'
    group by 1, 2 order by 1, 2`
  await sql.end()
  return [...rows]
}

type Costs = Record<string, { ms: number; rows: number }>

/** The cost of each operation in a grown shop, to a session that made its plans in an empty one. */
async function measured(url: string, without: Setting | undefined): Promise<Costs> {
  const [session, admin] = [connect(1, url), connect(2, url)]
  try {
    for (const name of without?.functions ?? [])
      await admin.unsafe(`alter function ${name} reset ${without?.name}`)
    const young = await aShop(admin, 1)
    await deliver(admin, young.variants[0] ?? '', young.locations[0], 1000)
    for (let round = 0; round < 8; round++)
      for (const work of Object.values(operationsOf(session, young))) await work()

    const shop = await aShop(admin, 1000)
    await stockUp(admin, shop)
    const operations = operationsOf(session, shop)
    await growTheLedger(admin, shop, LEDGER_LINES)
    await fillCarts(admin, shop.variants, 40, 250)
    const times: Record<string, number[]> = {}
    const rows: Record<string, number> = {}
    for (let round = 0; round < ROUNDS; round++) {
      for (const [what, work] of Object.entries(operations)) {
        const before = await scanned(session, admin)
        const began = performance.now()
        await work()
        times[what] = [...(times[what] ?? []), performance.now() - began]
        rows[what] = (rows[what] ?? 0) + (await scanned(session, admin)) - before
      }
    }
    return Object.fromEntries(
      Object.entries(times).map(([what, each]) => [
        what,
        { ms: median(each), rows: Math.round((rows[what] ?? 0) / ROUNDS) },
      ]),
    )
  } finally {
    await session.end()
    await admin.end()
  }
}

/** Rows that sequential scans have read so far. */
async function scanned(session: Sql, admin: Sql): Promise<number> {
  await session`select pg_stat_force_next_flush()`
  const [row] = await admin`select sum(seq_tup_read)::float8 as rows from pg_stat_user_tables`
  return Number(row?.rows)
}

function operationsOf(sql: Sql, { productId, variants, locations }: Shop) {
  const [shop] = locations
  const some = () => variants[Math.floor(Math.random() * variants.length)] ?? ''
  return {
    'an order from cart to hand-over': async () => {
      const buyer = aGuest(sql)
      const variant = some()
      await buyer.hold(variant, 2)
      await buyer.release(variant, 1)
      const { order_id } = await buyer.place()
      await thePackingTable(sql).fulfil(order_id, shop)
    },
    'a hold that is extended, read and released': async () => {
      const [guest, variant] = [aGuest(sql), some()]
      await guest.hold(variant, 2)
      await guest.extend()
      await guest.cart()
      await guest.release(variant)
    },
    'an adjustment': () =>
      sql`select from public.adjust_stock(${some()}, ${shop}, 1, 'return', ${randomUUID()})`,
    'a search of the inventory': () => sql`select from public.search_inventory('mug', size => 50)`,
    'a search of products': () => sql`select from public.search_products('mug', size => 50)`,
    'a search of orders': () => sql`select from public.search_orders(stage => 'placed', size => 50)`,
    'a price change of 1,000 variants': () =>
      sql`update public.variants set price_minor = price_minor + 1 where product_id = ${productId}`,
  }
}

const PURPOSE =
  'Each planner setting of a function (docs/planner-settings.md): all of them in force beside the same shop without the ' +
  `one. A session made its plans while the shop was empty; then ${LEDGER_LINES} ledger lines and 10,000 carts arrive. Medians of ${ROUNDS} rounds.`
