import type { Sql } from 'postgres'
import { startScratch } from '@/tests/kernel/support/scratch'
import { aShop, connect } from '@/tests/support/database'
import { median } from './figures/quantile'
import { type Row, report } from './figures/report'
import { broadcastRows } from './kernel/broadcast-cost'
import { orderTogether } from './kernel/order-together'
import { clientsOf, pgbench, writeScripts } from './kernel/pgbench'
import { placeAlone } from './kernel/place-alone'
import { stockUp } from './kernel/shop'

const ROUNDS = Number(process.env.KERNEL_BENCH_ROUNDS ?? 5)
const SECONDS = Number(process.env.KERNEL_BENCH_SECONDS ?? 4)

/** place_order beside what PostgreSQL can do at all: bare updates of the same rows, by pgbench, taking turns. */
export async function run(): Promise<void> {
  const scratch = await startScratch()
  const url = await scratch.database('bench')
  const sql = connect(2, url)
  const scripts = writeScripts(scratch.dataDir)
  try {
    const shop = await aShop(sql, 1000)
    await stockUp(sql, shop)
    await bareTables(sql, shop.variants)

    const hot: Record<number, Pair> = {}
    for (const clients of [8, 64, 256]) {
      hot[clients] = await takingTurns(
        () => orderTogether(sql, url, shop.variants.slice(0, 1), clients, ordersEach(clients)),
        () => bare(url, scripts.hot, clients),
      )
    }
    const alone = await takingTurns(
      () =>
        placeAlone(
          { sql, url, script: scripts.place, variants: shop.variants.slice(0, 1) },
          64,
          ordersEach(64),
        ),
      () => bare(url, scripts.hot, 64),
    )
    const spread = await takingTurns(
      () => orderTogether(sql, url, shop.variants, 64, ordersEach(64)),
      () => bare(url, scripts.simple, 64),
    )

    const three = await takingTurns(
      () => orderTogether(sql, url, shop.variants.slice(0, 1), 64, ordersEach(64), 3),
      () => orderTogether(sql, url, shop.variants.slice(0, 1), 64, ordersEach(64)),
    )

    const [at8, at64, at256] = [clientsOf(hot, 8), clientsOf(hot, 64), clientsOf(hot, 256)]
    report('kernel', PURPOSE, [
      row('one hot SKU, 64 clients', at64, 'bare UPDATE of one row', '1.0 or more'),
      row('one hot SKU, 8 clients', at8, 'bare UPDATE of one row', ''),
      row('one hot SKU, 256 clients', at256, 'bare UPDATE of one row', ''),
      {
        what: 'one hot SKU, 256 clients beside 8',
        measured: `${at256.place.toFixed(0)}/s`,
        limit: `${at8.place.toFixed(0)}/s`,
        ratio: (at256.place / at8.place).toFixed(2),
        target: '0.85 or more',
      },
      row(
        'one hot SKU, 64 clients, each order a separate call',
        alone,
        'bare UPDATE of one row',
        '0.3 or more',
      ),
      row('one hot SKU, 64 clients of three servers', three, 'one server', '0.9 or more'),
      row('1,000 SKUs, 64 clients', spread, 'pgbench simple update of their rows', '0.5 or more'),
      ...(await broadcastRows(sql, url, shop.variants)),
    ])
  } finally {
    await sql.end()
    await scratch.stop()
  }
}

const PURPOSE =
  `Whole orders (order, item, payment, timeline, claim, sums, sales; a cart that holds nothing yet) at SQL level: median of ` +
  `${ROUNDS} rounds of ${SECONDS} s that take turns with their limit, full durability. Clients are callers that wait for their ` +
  `order; as in the shop's server, those that wait together are placed together (decision 0013), over two connections of a server. ` +
  `The limit has a connection for each client. The lowest and the highest round are in brackets.`

type Pair = { place: number; bare: number; spread: Record<'place' | 'bare', string> }

async function takingTurns(measured: () => Promise<number>, limit: () => Promise<number>): Promise<Pair> {
  const [place, bare]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    place.push(await measured())
    bare.push(await limit())
  }
  return {
    place: median(place),
    bare: median(bare),
    spread: { place: spreadOf(place), bare: spreadOf(bare) },
  }
}

const spreadOf = (rates: readonly number[]) =>
  `(${Math.min(...rates).toFixed(0)} to ${Math.max(...rates).toFixed(0)})`

const ordersEach = (clients: number) => Math.ceil((SECONDS * 2500) / clients)

const bare = (url: string, script: string, clients: number) =>
  pgbench(url, script, clients, Math.ceil((SECONDS * 1000) / clients))

async function bareTables(sql: Sql, variants: string[]): Promise<void> {
  await sql`create table public.bare (id integer primary key, on_hand integer, reserved integer, check (reserved <= on_hand))`
  await sql`create table public.bare_history (id integer, delta integer, at timestamptz)`
  await sql`insert into public.bare select n, 1000000000, 0 from generate_series(1, ${variants.length}::int) as n`
}

function row(what: string, { place: rate, bare, spread }: Pair, limit: string, target: string): Row {
  return {
    what,
    measured: `${rate.toFixed(0)} orders/s ${spread.place}`,
    limit: `${limit} ${bare.toFixed(0)}/s ${spread.bare}`,
    ratio: (rate / bare).toFixed(2),
    target,
  }
}
