import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from 'embedded-supabase/ports'
import { Faults } from 'embedded-supabase/realtime/faults'
import { startStack } from 'embedded-supabase/stack'
import { ROOT } from '@/commands/root'
import { joinPoisonedReader } from '@/tests/faults/support/faults/poison'
import { layCable } from '@/tests/support/cable'
import { connect } from '@/tests/support/database'
import { startShelfServer } from '@/tests/support/shelf-server'
import { type Goods, openTill } from './till'
import { openWay } from './way'

// A transaction whose connection ends makes the driver throw where nobody can catch it
// (https://github.com/porsager/postgres/issues/1208). Its request stays without an answer, as on a real outage.
process.on('uncaughtException', (error) => {
  if (!error.stack?.includes('nextWrite')) throw error
})

// Everything but the page, in a separate process: a frozen page does not freeze the shop, and a slow one not its
// Supabase. Nothing on the network reaches the switches: orders come over the pipe to the test that started it.

const dataDir = mkdtempSync(join(tmpdir(), 'onhand-faults-'))
const faults = new Faults()
const stack = await startStack({
  project: ROOT,
  dataDir,
  apiPort: await freePort(),
  databasePort: await freePort(),
  seed: false,
  faults,
})
Object.assign(process.env, {
  NEXT_PUBLIC_SUPABASE_URL: stack.apiUrl,
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: stack.publishableKey,
  SUPABASE_SECRET_KEY: stack.secretKey,
})
const shop = await startShelfServer()
const way = await openWay(shop.url)
const cable = await layCable(stack.apiUrl, way.url)
const till = openTill(stack.databaseUrl)
const sql = connect(1, stack.databaseUrl)
let takeAway = () => Promise.resolve()

/** How frames fare: that share of them is lost or doubled, the rest is late by up to so many milliseconds. */
export interface Weather {
  lose?: number
  duplicate?: number
  delayMs?: [least: number, most: number]
}

const levers = {
  stock: till.stock,
  served: till.served,
  hire: till.hire,
  sell: (of?: Goods) => till.sell(of),
  sellEvery: till.sellEvery,
  sales: () => till.sales(),

  cut: () => cable.cut(),
  hang: () => cable.hang(),
  mend: () => cable.mend(),
  websockets: () => cable.websockets(),

  dropSockets: () => faults.dropAllSockets(),
  silence(isHanging: boolean) {
    faults.hanging = isHanging
  },
  stallChanges(isStalled: boolean) {
    faults.stallsChanges = isStalled
  },
  /** Of the frames that carry changes, or the stock by Broadcast; all others pass. */
  changeFrames({ lose = 0, duplicate = 0, delayMs: [least, most] = [0, 0] }: Weather) {
    faults.fate = ({ event, topic }) =>
      event === 'postgres_changes' || (event === 'broadcast' && topic.startsWith('realtime:shelf:'))
        ? {
            lose: Math.random() < lose,
            duplicate: Math.random() < duplicate,
            delayMs: least + Math.random() * (most - least),
          }
        : {}
  },
  /** How pages follow the stock. */
  async broadcastStock(isOn: boolean) {
    await sql`update public.shop_settings set stock_broadcast = ${isOn}`
  },
  async isStockBroadcast() {
    const [settings] = await sql<
      { isOn: boolean }[]
    >`select stock_broadcast as "isOn" from public.shop_settings`
    return settings?.isOn === true
  },
  paceOfTheRealServer(isOn: boolean) {
    faults.realTiming = isOn
  },
  restartRealtime: (downForMs: number) => faults.restart(downForMs),
  restartDatabase: stack.restartDatabase,
  /** When the server process of the database began. */
  async databaseStart() {
    const [row] = await sql`select pg_postmaster_start_time()::text as at`
    return String(row?.at)
  },
  expireTokens: (byS: number) => faults.expireTokensEarly(byS),
  async publish(isPublished: boolean) {
    if (isPublished) await sql`alter publication supabase_realtime add table public.shelf`
    else await sql`alter publication supabase_realtime drop table public.shelf`
  },
  async poison(isThere: boolean) {
    if (isThere) takeAway = await joinPoisonedReader(stack.apiUrl, stack.databaseUrl)
    else await takeAway()
  },
  /** A fault between the page and the shop. */
  comparisons: way.set,
  heal() {
    faults.reset()
    way.set('passes')
    cable.mend()
  },
}

export type Levers = typeof levers
export interface Order {
  id: number
  lever: keyof Levers
  args: unknown[]
  afterMs: number
}
export interface Address {
  apiUrl: string
  cableUrl: string
  shopUrl: string
  databaseUrl: string
  publishableKey: string
  secretKey: string
}

process.on('message', async ({ id, lever, args, afterMs }: Order) => {
  if (afterMs > 0) await sleep(afterMs)
  try {
    const pull = levers[lever] as (...args: unknown[]) => unknown
    process.send?.({ id, answer: await pull(...args) })
  } catch (cause) {
    process.send?.({ id, error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) })
  }
})
process.once('disconnect', async () => {
  await till.close()
  await cable.close()
  way.stop()
  shop.stop()
  await sql.end({ timeout: 1 })
  await stack.stop()
  rmSync(dataDir, { recursive: true, force: true })
})
process.send?.({
  id: 0,
  answer: {
    apiUrl: stack.apiUrl,
    cableUrl: cable.url,
    shopUrl: cable.shopUrl,
    databaseUrl: stack.databaseUrl,
    publishableKey: stack.publishableKey,
    secretKey: stack.secretKey,
  } satisfies Address,
})
