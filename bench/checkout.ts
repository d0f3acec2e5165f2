import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { report } from './figures/report'
import { pgbench, writeScripts } from './kernel/pgbench'
import { Browser } from './shopping/browser'
import { type Cost, costOf } from './shopping/cost'
import { type Costed, email, rowsOf } from './shopping/cost-rows'
import { crowd } from './shopping/crowd'
import { putOnSale } from './shopping/goods'
import { addForm, Guest } from './shopping/guest'
import { type Stage, setStage } from './shopping/stage'
import { countStatements } from './shopping/statements'
import { type Step, steps, type Visit, visitOf } from './shopping/steps'

const ROUNDS = Number(process.env.CHECKOUT_ROUNDS ?? 3)
const GUESTS = Number(process.env.CHECKOUT_GUESTS ?? 320)
const SECONDS = 3
const IN_FLIGHT = 64
const busy = loadavg()[0]?.toFixed(1)

/** A whole guest checkout through the app over HTTP, beside the cheapest correct reservation PostgreSQL can make. */
export async function run(): Promise<void> {
  const stage = await setStage()
  try {
    const { path } = await putOnSale(stage.sql, 1_000_000)
    const visit = visitOf(path, await addForm(stage.shop, path))
    const { hot } = writeScripts(await bareTable(stage))
    await round(stage, visit, IN_FLIGHT) // warm: modules loaded, plans made, catalogue cached
    const costs: Record<Costed, Cost>[] = []
    const limits: number[] = []
    const floors: Cost[] = []
    for (let n = 0; n < ROUNDS; n++) {
      limits.push(await pgbench(stage.databaseUrl, hot, 1, SECONDS))
      costs.push(await round(stage, visit, GUESTS))
      floors.push(await cheapest(stage))
    }
    const statements = await statementsOf(stage, visit)
    report('checkout', PURPOSE, rowsOf({ costs, limits, floors, statements }))
  } finally {
    await stage.stop()
  }
}

const PURPOSE =
  `A guest's way from the product's page to an order paid at the counter, through the forms of the production app without JavaScript ` +
  `and the embedded Data API: ${GUESTS} guests, ${IN_FLIGHT} in flight, all taking one step before the next begins; median of ${ROUNDS} rounds. ` +
  'The peers were measured by their APIs, which draw no page: compare their figures with the requests that order. Server CPU is user and ' +
  'system time of the shop and the Data API, without PostgreSQL; it grows with what else the machine does, so it is shown with the cheapest ' +
  'answer the same server can give (robots.txt). Statements are what PostgreSQL logs with `log_statement = all`, BEGIN and COMMIT included. ' +
  `The machine's load was ${busy} before.`

let came = 0
const nextGuest = ({ shop }: Stage) => new Guest(shop, `guest-${++came}`)

async function round(stage: Stage, visit: Visit, size: number): Promise<Record<Costed, Cost>> {
  const guests = Array.from({ length: size }, () => nextGuest(stage))
  const costs: [Costed, Cost][] = []
  for (const step of steps) {
    const everybody = () => crowd(size, IN_FLIGHT, async (n) => guests[n] && (await visit[step](guests[n])))
    costs.push([step, await costOf(stage, size, everybody)])
    if (step === 'place the order') costs.push([email, await costOf(stage, size, () => mailIsSent(stage))])
  }
  return Object.fromEntries(costs) as Record<Costed, Cost>
}

function cheapest(stage: Stage): Promise<Cost> {
  return costOf(stage, GUESTS, () =>
    crowd(GUESTS, IN_FLIGHT, () => new Browser(stage.shop).get('/robots.txt')),
  )
}

/** One guest at a time. Maintenance jobs and the renewal of cached pages are in the log too, hence several. */
async function statementsOf(stage: Stage, visit: Visit): Promise<Record<Step, number>[]> {
  const guests = Array.from({ length: 9 }, () => nextGuest(stage))
  const works = guests.flatMap((guest) => steps.map((step) => () => visit[step](guest)))
  const counts = await countStatements(stage, works)
  return guests.map(
    (_, guest) =>
      Object.fromEntries(steps.map((step, n) => [step, counts[guest * steps.length + n]])) as Record<
        Step,
        number
      >,
  )
}

/** The server sends e-mails beside its requests: what follows must not pay for them. */
async function mailIsSent({ sql }: Stage): Promise<void> {
  while ((await sql`select from private.mail where status = 'waiting' limit 1`).length > 0) await sleep(100)
}

async function bareTable({ sql, dataDir }: Stage): Promise<string> {
  await sql`create table public.bare (id integer primary key, on_hand integer, reserved integer, check (reserved <= on_hand))`
  await sql`insert into public.bare select n, 1000000000, 0 from generate_series(1, 10000) as n`
  return dataDir
}
