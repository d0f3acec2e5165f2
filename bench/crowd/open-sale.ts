import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { KEYS } from 'embedded-supabase/keys'
import type { Sql } from 'postgres'
import { serverCpu } from '@/bench/shopping/cpu'
import { crowd } from '@/bench/shopping/crowd'
import { addForm, Guest, refusalOn } from '@/bench/shopping/guest'
import type { Stage } from '@/bench/shopping/stage'
import { countStatements } from '@/bench/shopping/statements'
import { sharedNow } from './arrivals'
import { Audience } from './audience'
import { view } from './page-views'

const place = '30000000-0000-4000-8000-000000000001'
const variants = 10
const unitsOfEach = 100
const changesPerSecond = 10
const idleMs = 10_000
const countMs = 5_000
const tradingMs = 15_000
/** As many as the messages of one row. */
const bareFrames = 60
/** A frame of Realtime with one row of the shelf, in bytes. */
const frameBytes = 584
const buyersAtOnce = 4

export interface SaleSize {
  viewers: number
  viewsPerSecond: number
  buyers: number
}

export interface SaleFigures extends SaleSize {
  /** Viewers whose rows were confirmed before the sale. */
  live: number
  comparisonsPerSecond: number
  statementsPerSecond: number
  /** Processor milliseconds of the shop, the Data API with Realtime, and PostgreSQL in a second in which nothing happens. */
  idleCpuMs: number
  bytesPerViewer: number
  stale: number
  /** Changes of the stock, and how many of them every viewer has seen. */
  changes: number
  arrived: number
  /** Milliseconds from each commit to the last viewer, and from the bare server's sending to its last. */
  toLast: number[]
  bareToLast: number[]
  /** Different pages that viewers see at the end; 1 if all see what the database has. */
  pages: number
  views: number
  orders: number
}

/** A sale of one product with ten variants that many people look at, some of them buy, and whose stock is changed besides. */
export async function openSale(stage: Stage, size: SaleSize): Promise<SaleFigures> {
  const goods = await putVariantsOnSale(stage.sql)
  const audience = new Audience({
    shop: stage.shop,
    supabaseUrl: stage.supabaseUrl,
    publishableKey: KEYS.publishable,
    productId: goods.productId,
    viewers: size.viewers,
    isStockBroadcast: true,
  })
  try {
    const live = await untilLive(audience, size.viewers)
    const idle = await watchIdle(stage, audience)
    const trade = await tradeFor(stage, goods, size)
    await sleep(3_000)
    const end = await audience.report()
    const lastAt = new Map(end.lastAt)
    const toLast = trade.commits.flatMap(({ row, at }) =>
      lastAt.has(row) ? [(lastAt.get(row) ?? at) - at] : [],
    )
    const truth = await pageOf(stage.sql, goods.productId)
    return {
      ...size,
      ...idle,
      ...trade,
      live,
      bytesPerViewer: end.bytes / size.viewers,
      stale: end.stale,
      changes: trade.commits.length,
      arrived: toLast.length,
      toLast: toLast.map((ms) => Math.max(0, ms)),
      pages: new Set([...end.pages, truth]).size,
      bareToLast: await besideBare(audience),
    }
  } finally {
    await audience.leave()
  }
}

interface SaleGoods {
  path: string
  productId: string
  variantIds: string[]
}

/** Limited, so that each unit that is sold changes what a shopper sees. */
async function putVariantsOnSale(sql: Sql): Promise<SaleGoods> {
  const [productId, variantIds] = [randomUUID(), Array.from({ length: variants }, () => randomUUID())]
  const handle = `drop-${productId.slice(0, 8)}`
  await sql.begin(async (tx) => {
    await tx`insert into public.products (id, handle, title, category, option_names, limited, status, position)
      values (${productId}, ${handle}, ${`Drop ${handle}`}, 'table', '{Glaze}', true, 'active', 9000)`
    for (const [position, id] of variantIds.entries())
      await tx`insert into public.variants (id, product_id, sku, option_values, price_minor, position)
        values (${id}, ${productId}, ${`${handle}-${position}`.toUpperCase()}, array[${`Glaze ${position}`}], 4800, ${position})`
    const lines = variantIds.map((variant_id) => ({ variant_id, quantity: unitsOfEach }))
    await tx`select from public.receive_stock(${place}, ${tx.json(lines)}, 'First delivery', ${randomUUID()})`
  })
  return { path: `/products/${handle}`, productId, variantIds }
}

/** How many viewers are live when all are, or after two minutes. */
async function untilLive(audience: Audience, viewers: number): Promise<number> {
  for (let seconds = 0; ; seconds += 1) {
    const { live } = await audience.report()
    if (live === viewers || seconds > 120) return live
    await sleep(1_000)
  }
}

async function watchIdle(stage: Stage, audience: Audience) {
  const [seen, before] = [await audience.report(), serverCpu(stage.pid)]
  await sleep(idleMs)
  const [now, used] = [await audience.report(), serverCpu(stage.pid)]
  const cpu = used.api + used.shop + used.database - before.api - before.shop - before.database
  const [statements = 0] = await countStatements(stage, [() => sleep(countMs)], /shelf/)
  return {
    comparisonsPerSecond: (now.compared - seen.compared) / (idleMs / 1_000),
    idleCpuMs: cpu / (idleMs / 1_000),
    statementsPerSecond: statements / (countMs / 1_000),
  }
}

/** Stock changes, page views and buyers at the same time. */
async function tradeFor(stage: Stage, { path, variantIds }: SaleGoods, size: SaleSize) {
  const form = await addForm(stage.shop, path)
  const ends = performance.now() + tradingMs
  const [commits, views, bought] = await Promise.all([
    changeStock(stage.sql, variantIds, ends),
    lookAround(stage.shop, path, size.viewsPerSecond, ends),
    crowd(size.buyers, buyersAtOnce, (n) => buy(stage.shop, path, form, n)),
  ])
  return { commits, views, orders: bought.filter(Boolean).length }
}

/** The first variant is left to the buyers. */
async function changeStock(sql: Sql, variantIds: readonly string[], ends: number) {
  const commits: { row: string; at: number }[] = []
  for (let n = 0; performance.now() < ends; n += 1) {
    const due = sleep(1_000 / changesPerSecond)
    const id = variantIds[1 + (n % (variantIds.length - 1))] ?? ''
    await sql`select from public.adjust_stock(${id}, ${place}, -1, 'correction', ${randomUUID()})`
    const at = sharedNow()
    const [row] = await sql`select version from public.shelf where variant_id = ${id}`
    commits.push({ row: `${id} ${row?.version}`, at })
    await due
  }
  return commits
}

async function lookAround(shop: string, path: string, perSecond: number, ends: number): Promise<number> {
  const views: Promise<boolean>[] = []
  while (perSecond > 0 && performance.now() < ends) {
    const seen = view(new URL(path, shop))
    views.push(
      seen.then(
        () => true,
        () => false,
      ),
    )
    await sleep(1_000 / perSecond)
  }
  return (await Promise.all(views)).filter(Boolean).length
}

async function buy(shop: string, path: string, form: Awaited<ReturnType<typeof addForm>>, n: number) {
  const guest = new Guest(shop, `sale-${randomUUID().slice(0, 8)}-${n}`)
  const back = await guest.follow(await guest.add(path, form))
  if (refusalOn(back) !== null) return false
  const { location } = await guest.pay(await guest.checkout())
  return location?.startsWith('/orders/') === true
}

/** The page that the database has, as viewers report theirs. */
async function pageOf(sql: Sql, productId: string): Promise<string> {
  const rows = await sql`select variant_id, version, "left" from public.shelf where product_id = ${productId}`
  return JSON.stringify(rows.map((row) => [row.variant_id, Number(row.version), row.left]).sort())
}

/** The same crowd and as many bytes, from a server that does nothing else. */
async function besideBare(audience: Audience): Promise<number[]> {
  const bare = fork(join(import.meta.dirname, 'bare-process.ts'), { execArgv: ['--import', 'tsx'] })
  try {
    const [address] = (await once(bare, 'message')) as [{ port: number }]
    await audience.report({ bareUrl: `ws://127.0.0.1:${address.port}` })
    const sentAt = new Map<string, number>()
    for (let n = 1; n <= bareFrames; n += 1) {
      sentAt.set(`bare ${n}`, sharedNow())
      bare.send(`${n} `.padEnd(frameBytes, 'x'))
      await sleep(1_000 / changesPerSecond)
    }
    await sleep(2_000)
    const { lastAt } = await audience.report()
    return lastAt.flatMap(([key, at]) => {
      const sent = sentAt.get(key)
      return sent === undefined ? [] : [at - sent]
    })
  } finally {
    bare.disconnect()
  }
}
