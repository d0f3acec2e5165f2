import { loadavg } from 'node:os'
import { shortWords } from '@/components/shop/cart/words'
import { type Row, report } from './figures/report'
import type { Page } from './shopping/browser'
import { crowd } from './shopping/crowd'
import { letHoldsRunOut, putOnSale } from './shopping/goods'
import { addForm, Guest, refusalOn } from './shopping/guest'
import { peers } from './shopping/peers'
import { type Stage, setStage } from './shopping/stage'

const UNITS = Number(process.env.SALE_UNITS ?? 500)
const SHOPPERS = 4 * UNITS
const IN_FLIGHT = 64

const busy = loadavg()[0]?.toFixed(1)

/** The shopper's message when the last unit has gone. */
const SOLD_OUT = shortWords({ wanted: 1, left: 0 }, 1)

interface Visit {
  /** `ordered`, `refused` (and told how many are left), or what was answered instead. */
  outcome: string
  /** The time of that response, in milliseconds. */
  takeMs: number
}

/** A sale of one variant to four times as many guests as there are units, through the app. Fails when it is not exact. */
export async function run(): Promise<void> {
  const stage = await setStage()
  try {
    const failures: string[] = []
    const rows: Row[] = []
    for (const [name, sale] of Object.entries({ 'the rush': rush, 'all at the pay button': barrier })) {
      const { path, variantId } = await putOnSale(stage.sql, UNITS)
      const started = performance.now()
      const visits = await sale(stage, path)
      const seconds = (performance.now() - started) / 1000
      rows.push(...rowsOf(name, visits, seconds, await ordersOf(stage, variantId)))
      failures.push(...(await wrongs(name, stage, variantId, visits)))
    }
    if (failures.length > 0) throw new Error(`The sale was not exact:\n${failures.join('\n')}`)
    report('flash-sale', PURPOSE, rows)
  } finally {
    await stage.stop()
  }
}

const PURPOSE =
  `${UNITS} units of one variant, ${SHOPPERS.toLocaleString('en')} guests, ${IN_FLIGHT} in flight, through the forms of the production ` +
  'app without JavaScript. In the second sale all have a full cart whose hold has run out, and an open checkout, before the ' +
  'first one pays. No answer was a 5xx, nobody complained of a lock, and every order adds up. ' +
  `The machine's load was ${busy} before.`

/** Everybody comes, buys and goes; whoever goes makes room for the next. */
async function rush(stage: Stage, path: string): Promise<Visit[]> {
  const form = await addForm(stage.shop, path)
  return crowd(SHOPPERS, IN_FLIGHT, async (n) => {
    const guest = new Guest(stage.shop, `rush-${n}`)
    const { page, takeMs } = await timed(() => guest.add(path, form))
    const back = page.status === 303 ? await guest.follow(page) : page
    if (back.status !== 200) return { outcome: strange(back), takeMs }
    const words = refusalOn(back)
    if (words !== null) return { outcome: words === SOLD_OUT ? 'refused' : words, takeMs }
    return payAndSee(guest, await guest.checkout())
  })
}

/** Nobody pays before everybody could. A hold lasts ten minutes, so they come in groups, half an hour apart. */
async function barrier(stage: Stage, path: string): Promise<Visit[]> {
  const form = await addForm(stage.shop, path)
  const waiting: [Guest, Page][] = []
  for (let group = 0; group < SHOPPERS / UNITS; group++) {
    const arrived = await crowd(UNITS, IN_FLIGHT, async (n): Promise<[Guest, Page]> => {
      const guest = new Guest(stage.shop, `barrier-${group}-${n}`)
      await guest.add(path, form)
      return [guest, await guest.checkout()]
    })
    waiting.push(...arrived)
    await letHoldsRunOut(stage.sql)
  }
  return crowd(SHOPPERS, IN_FLIGHT, async (n) => {
    const [guest, checkout] = waiting[n] ?? []
    if (!guest || !checkout) throw new Error('nobody came')
    return payAndSee(guest, checkout)
  })
}

async function payAndSee(guest: Guest, checkout: Page): Promise<Visit> {
  if (checkout.status !== 200) return { outcome: strange(checkout), takeMs: Number.NaN }
  const { page, takeMs } = await timed(() => guest.pay(checkout))
  const seen = page.status === 303 ? await guest.follow(page) : page
  if (seen.status !== 200) return { outcome: strange(seen), takeMs }
  if (seen.path.startsWith('/orders/') && seen.html.includes('Order placed'))
    return { outcome: 'ordered', takeMs }
  const words = refusalOn(seen)
  return { outcome: words?.includes(SOLD_OUT) ? 'refused' : (words ?? strange(seen)), takeMs }
}

const strange = ({ status, path }: Page) => `${status} from ${path}`

async function timed(ask: () => Promise<Page>): Promise<{ page: Page; takeMs: number }> {
  const started = performance.now()
  const page = await ask()
  return { page, takeMs: performance.now() - started }
}

async function ordersOf({ sql }: Stage, variantId: string): Promise<number> {
  const [row] =
    await sql`select count(*)::int as orders from public.order_items where variant_id = ${variantId}`
  return Number(row?.orders)
}

function rowsOf(name: string, visits: Visit[], seconds: number, orders: number): Row[] {
  const of = (outcome: string) => visits.filter((visit) => visit.outcome === outcome)
  const ms = (share: number, among: Visit[]) => {
    const times = among.map(({ takeMs }) => takeMs).sort((a, b) => a - b)
    return Math.round(times[Math.floor(times.length * share)] ?? Number.NaN)
  }
  const [ordered, refused] = [of('ordered'), of('refused')]
  const row = (what: string, measured: string, beside: string, target: string): Row => ({
    what: `${name}: ${what}`,
    measured,
    limit: beside,
    ratio: '',
    target,
  })
  return [
    row('orders in the database', `${orders}, ${ordered.length} confirmed`, peers.sale, `${UNITS}`),
    row('told that none are left', `${refused.length}`, peers.refusals, `${SHOPPERS - UNITS}`),
    row('answered otherwise', `${visits.length - ordered.length - refused.length}`, '', '0'),
    row('whole sale', `${seconds.toFixed(1)} s`, 'Vendure 169.5 s, Medusa 519.8 s', ''),
    row(
      'the order placed, p50 / p95',
      `${ms(0.5, ordered)} / ${ms(0.95, ordered)} ms`,
      'Vendure 900 / 1,510 ms, Medusa 6,250 / 8,820 ms',
      '',
    ),
    row(
      'the refusal, p50 / p95',
      `${ms(0.5, refused)} / ${ms(0.95, refused)} ms`,
      'Medusa p50 10,200 ms',
      '',
    ),
  ]
}

/** Everything that is not as it must be. */
async function wrongs(name: string, stage: Stage, variantId: string, visits: Visit[]): Promise<string[]> {
  const outcomes = Map.groupBy(visits, ({ outcome }) => outcome)
  const [counts] =
    await stage.sql`select committed, held, available from public.availability where variant_id = ${variantId}`
  const [{ deadlocks } = {}] =
    await stage.sql`select deadlocks::int from pg_stat_database where datname = current_database()`
  const drift = await stage.sql`select * from private.inventory_drift()`
  const expected: Record<string, [unknown, unknown]> = {
    'orders in the database': [await ordersOf(stage, variantId), UNITS],
    'orders confirmed': [outcomes.get('ordered')?.length ?? 0, UNITS],
    refusals: [outcomes.get('refused')?.length ?? 0, SHOPPERS - UNITS],
    'units committed': [counts?.committed, UNITS],
    'units held or left': [Number(counts?.held) + Number(counts?.available), 0],
    'rows of verify_inventory()': [drift.length, 0],
    deadlocks: [deadlocks, 0],
    'other answers': [
      [...outcomes.keys()].filter((key) => key !== 'ordered' && key !== 'refused').join('; '),
      '',
    ],
    complaints: [stage.complaints().slice(0, 5).join('\n'), ''],
  }
  return Object.entries(expected)
    .filter(([, [is, shouldBe]]) => is !== shouldBe)
    .map(([what, [is, shouldBe]]) => `${name}: ${what}: ${String(is)}, not ${String(shouldBe)}`)
}
