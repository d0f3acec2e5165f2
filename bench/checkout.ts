import { pgbench, writeScripts } from './kernel/pgbench'
import { type Row, report } from './report'
import type { Page } from './shopping/browser'
import { type ServerCpu, serverCpu } from './shopping/cpu'
import { crowd } from './shopping/crowd'
import { putOnSale } from './shopping/goods'
import { addForm, Guest } from './shopping/guest'
import { peers } from './shopping/peers'
import { type Stage, setStage } from './shopping/stage'
import { countStatements } from './shopping/statements'

const ROUNDS = Number(process.env.CHECKOUT_ROUNDS ?? 3)
const GUESTS = Number(process.env.CHECKOUT_GUESTS ?? 320)
const SECONDS = 3
const IN_FLIGHT = 64

/** What a guest sends and looks at between a product's page and an order, in order. */
const steps = ['add to cart', 'the checkout page', 'place the order', "the order's page"] as const
type Step = (typeof steps)[number]

/** What places the order; the peers were measured by such requests alone. The others draw pages. */
const posts: readonly Step[] = ['add to cart', 'place the order']

/** What one guest costs at one step, in milliseconds: of the clock at full load, and of the processors. */
interface Cost extends ServerCpu {
  clock: number
}

/** A whole guest checkout through the app over HTTP, beside the cheapest correct reservation PostgreSQL can make. */
export async function run(): Promise<void> {
  const stage = await setStage()
  try {
    const goods = await putOnSale(stage.sql, 1_000_000)
    const visit = await visits(stage, goods.path)
    const scripts = writeScripts(await bareTable(stage))
    await round(stage, visit, IN_FLIGHT) // warm: modules loaded, plans made, catalogue cached
    const costs: Record<Step, Cost>[] = []
    const limits: number[] = []
    for (let n = 0; n < ROUNDS; n++) {
      limits.push(await pgbench(stage.databaseUrl, scripts.hot, 1, SECONDS))
      costs.push(await round(stage, visit, GUESTS))
    }
    const statements = await statementsOf(stage, visit)
    report('checkout', PURPOSE, rowsOf(costs, median(limits), statements))
  } finally {
    await stage.stop()
  }
}

const PURPOSE =
  `A guest's way from the product's page to an order paid at the counter, through the forms of the production app without JavaScript ` +
  `and the embedded Data API: ${GUESTS} guests, ${IN_FLIGHT} in flight, all taking one step before the next begins; median of ${ROUNDS} rounds. ` +
  'The peers were measured by their APIs, which draw no page: compare their figures with the requests that order. Server CPU is user and ' +
  'system time of the shop and the Data API, without PostgreSQL; statements are what PostgreSQL logs with `log_statement = all`, BEGIN and ' +
  'COMMIT included.'

type Visit = Record<Step, (guest: Guest) => Promise<Page>>

async function visits(stage: Stage, path: string): Promise<Visit> {
  const form = await addForm(stage.shop, path)
  const last = new WeakMap<Guest, Page>()
  const lookedAt = (guest: Guest): Page => {
    const page = last.get(guest)
    if (!page) throw new Error('a step was left out')
    return page
  }
  const seen = async (guest: Guest, page: Promise<Page>, status: number): Promise<Page> => {
    const answer = await page
    if (answer.status !== status) throw new Error(`${answer.path} answered ${answer.status}, not ${status}`)
    last.set(guest, answer)
    return answer
  }
  return {
    'add to cart': (guest) => seen(guest, guest.add(path, form), 303),
    'the checkout page': (guest) => seen(guest, guest.checkout(), 200),
    'place the order': async (guest) => {
      const placed = await seen(guest, guest.pay(lookedAt(guest)), 303)
      if (!placed.location?.startsWith('/orders/')) throw new Error(`led to ${placed.location}: not ordered`)
      return placed
    },
    "the order's page": (guest) => seen(guest, guest.follow(lookedAt(guest)), 200),
  }
}

let came = 0

async function round(stage: Stage, visit: Visit, size: number): Promise<Record<Step, Cost>> {
  const guests = Array.from({ length: size }, () => new Guest(stage.shop, `guest-${++came}`))
  const costs: [Step, Cost][] = []
  for (const step of steps) {
    const [cpu, started] = [serverCpu(stage.pid), performance.now()]
    await crowd(size, IN_FLIGHT, async (n) => guests[n] && (await visit[step](guests[n])))
    const [clock, after] = [performance.now() - started, serverCpu(stage.pid)]
    costs.push([
      step,
      { clock: clock / size, api: (after.api - cpu.api) / size, shop: (after.shop - cpu.shop) / size },
    ])
  }
  return Object.fromEntries(costs) as Record<Step, Cost>
}

/** One guest at a time; the tidying every few seconds is in the log too, hence the median. */
async function statementsOf(stage: Stage, visit: Visit): Promise<Record<Step, number>> {
  const counts: Record<Step, number[]> = {
    'add to cart': [],
    'the checkout page': [],
    'place the order': [],
    "the order's page": [],
  }
  for (let n = 0; n < 3; n++) {
    const guest = new Guest(stage.shop, `guest-${++came}`)
    for (const step of steps) {
      counts[step].push(await countStatements(stage, () => visit[step](guest).then(() => undefined)))
    }
  }
  return Object.fromEntries(steps.map((step) => [step, median(counts[step])])) as Record<Step, number>
}

async function bareTable({ sql, dataDir }: Stage): Promise<string> {
  await sql`create table public.bare (id integer primary key, on_hand integer, reserved integer, check (reserved <= on_hand))`
  await sql`insert into public.bare select n, 1000000000, 0 from generate_series(1, 10000) as n`
  return dataDir
}

function rowsOf(rounds: Record<Step, Cost>[], limit: number, statements: Record<Step, number>): Row[] {
  const cost = (among: readonly Step[], kind: keyof Cost) =>
    median(rounds.map((costs) => among.reduce((sum, step) => sum + costs[step][kind], 0)))
  const count = (among: readonly Step[]) => among.reduce((sum, step) => sum + statements[step], 0)
  const cpu = (among: readonly Step[]) => cost(among, 'shop') + cost(among, 'api')
  const bare = `bare UPDATE, 1 client, ${limit.toFixed(0)}/s`
  const rate = (what: string, among: readonly Step[], target: string, beside: string): Row => {
    const perSecond = 1000 / cost(among, 'clock')
    return {
      what,
      measured: `${perSecond.toFixed(0)}/s`,
      limit: beside ? `${bare}; ${beside}` : bare,
      ratio: (limit / perSecond).toFixed(0),
      target,
    }
  }
  const figure = (what: string, measured: string, beside: string, target: string): Row => ({
    what,
    measured,
    limit: beside,
    ratio: '',
    target,
  })
  const split = (among: readonly Step[]) =>
    `${cpu(among).toFixed(1)} ms: shop ${cost(among, 'shop').toFixed(1)}, Data API ${cost(among, 'api').toFixed(1)}`
  return [
    rate(
      'orders by the requests that order',
      posts,
      '50 or less, aim 25',
      `limit ÷ ${peers.limitByCheckout}`,
    ),
    rate('orders with the pages that are drawn', steps, '50 or less, aim 25', ''),
    figure('statements, the requests that order', `${count(posts)}`, peers.statements, '12 or fewer'),
    figure('statements, with the pages', `${count(steps)}`, '', '12 or fewer'),
    figure('server CPU, the requests that order', split(posts), peers.milliseconds, '6 ms or less'),
    figure('server CPU, with the pages', split(steps), '', '6 ms or less'),
    ...steps.map((step) =>
      figure(step, `${(1000 / cost([step], 'clock')).toFixed(0)}/s, ${split([step])}`, '', ''),
    ),
  ]
}

function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
