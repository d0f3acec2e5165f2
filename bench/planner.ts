import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { startScratch } from '@/tests/kernel/support/scratch'
import { aShop, connect, deliver, type Shop } from '@/tests/support/database'
import { aGuest, thePackingTable } from '@/tests/support/shop/shopping'
import { median } from './figures/quantile'
import { report } from './figures/report'
import { fillCarts, growTheLedger, stockUp } from './kernel/shop'

const ROUNDS = Number(process.env.PLANNER_ROUNDS ?? 15)
/** A smaller difference is noise. */
const NOISE = 0.25
const LEDGER_LINES = Number(process.env.PLANNER_LEDGER ?? 20_000)
const CARTS = LEDGER_LINES / 10

/** A planner setting of a function, as the catalog has it: "enable_seqscan=off". */
interface Setting {
  name: string
  value: string
  functions: string[]
}

/**
 * Each planner setting of docs/planner-settings.md: a shop with all of them beside the same shop without the one, in turns,
 * so that a busy machine slows both. A session trades in an empty shop, so that its plans are made there; the shop grows;
 * the same session trades again and is measured.
 */
export async function run(): Promise<void> {
  const scratch = await startScratch()
  try {
    const settings = await settingsOf(await scratch.database('planner_with'))
    const rows = []
    for (const setting of settings) {
      // Both are new: what a shop sold to be measured would slow its next comparison.
      const withAll = await grownShop(await scratch.database('planner_with'), undefined)
      const without = await grownShop(await scratch.database('planner_without'), setting)
      rows.push(...rowsOf(setting, await compared(withAll, without)))
      await Promise.all([withAll.close(), without.close()])
    }
    report('planner', PURPOSE, rows)
  } finally {
    await scratch.stop()
  }
}

/** The operations that a setting changes, and how many it does not. */
function rowsOf(setting: Setting, pairs: Pair[]) {
  const name = `\`${setting.name} = ${setting.value}\``
  const differing = pairs.filter(
    ({ ratio, now, without }) =>
      Math.abs(ratio - 1) > NOISE || Math.abs(now.rows - without.rows) > 20 + without.rows * NOISE,
  )
  const same = {
    what: `${name}: ${pairs.length - differing.length} operations of ${pairs.length}`,
    measured: 'as without it',
    limit: '',
    ratio: '',
    target: '',
  }
  const lines = differing.map(({ what, now, without, ratio }) => ({
    what: `${name}: ${what}`,
    measured: costText(now),
    limit: costText(without),
    ratio: ratio.toFixed(2),
    target: 'under 1, or fewer rows',
  }))
  return differing.length < pairs.length ? [...lines, same] : lines
}

const costText = ({ ms, rows }: Cost) => `${ms.toFixed(2)} ms, ${rows} rows scanned`

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

interface Cost {
  ms: number
  rows: number
}

/** One operation with all settings and without one. */
interface Pair {
  what: string
  now: Cost
  without: Cost
  /** The median of the rounds' ratios. */
  ratio: number
}

/** A grown shop, and a session that made its plans while the shop was empty. */
async function grownShop(url: string, without: Setting | undefined) {
  const [session, admin] = [connect(1, url), connect(2, url)]
  for (const name of without?.functions ?? [])
    await admin.unsafe(`alter function ${name} reset ${without?.name}`)
  const young = await aShop(admin, 1)
  await deliver(admin, young.variants[0] ?? '', young.locations[0], 1000)
  for (let round = 0; round < 8; round++)
    for (const work of Object.values(operationsOf(session, young))) await work()

  const shop = await aShop(admin, 1000)
  await stockUp(admin, shop)
  await growTheLedger(admin, shop, LEDGER_LINES)
  await fillCarts(admin, shop.variants, 40, CARTS / 40)
  const operations: Record<string, () => Promise<unknown>> = operationsOf(session, shop)
  const close = () => Promise.all([session.end(), admin.end()])
  return {
    close,
    names: Object.keys(operations),
    async cost(what: string): Promise<Cost> {
      const before = await scanned(session, admin)
      const began = performance.now()
      await operations[what]?.()
      const ms = performance.now() - began
      return { ms, rows: (await scanned(session, admin)) - before }
    },
  }
}

type GrownShop = Awaited<ReturnType<typeof grownShop>>

/** The two shops in turns; which one is first changes with the round. */
async function compared(withAll: GrownShop, other: GrownShop): Promise<Pair[]> {
  const rounds = new Map(withAll.names.map((what) => [what, [] as [Cost, Cost][]]))
  for (let round = 0; round < ROUNDS; round++)
    for (const [what, costs] of rounds) {
      const first = round % 2 === 0
      const early = first ? await withAll.cost(what) : await other.cost(what)
      const late = first ? await other.cost(what) : await withAll.cost(what)
      costs.push(first ? [early, late] : [late, early])
    }
  return [...rounds].map(([what, costs]) => ({
    what,
    now: middle(costs.map(([now]) => now)),
    without: middle(costs.map(([, without]) => without)),
    ratio: median(costs.map(([now, without]) => now.ms / without.ms)),
  }))
}

const middle = (costs: Cost[]): Cost => ({
  ms: median(costs.map(({ ms }) => ms)),
  rows: Math.round(costs.reduce((sum, { rows }) => sum + rows, 0) / costs.length),
})

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
  'Each planner setting of a function (docs/planner-settings.md): a shop with all of them beside the same shop without the ' +
  'one ("limit"), in turns. A session made its plans while the shop was empty; then ' +
  `${LEDGER_LINES} ledger lines and ${CARTS} carts arrive. Medians of ${ROUNDS} rounds; differences under ${NOISE * 100} % are not listed.`
