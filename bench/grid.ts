import { randomUUID } from 'node:crypto'
import { type BrowserContext, chromium } from '@playwright/test'
import { createClient } from '@supabase/supabase-js'
import postgres, { type Sql } from 'postgres'
import { browserPath } from '@/local/browser'
import { buildShop, isBuilt } from '@/local/build'
import { freePort } from '@/local/ports'
import { startShop } from '@/local/shop'
import { testSupabase } from '@/local/test-stack'
import { fillCatalogue } from './grid/fill'
import { scrollThrough, withoutScripts } from './grid/frames'
import { median } from './quantile'
import { type Row, report } from './report'

const sizes = [1_000, 100_000] as const
const rounds = 61
const target = 'at most 1.5 of 1,000 variants'

/** A shop with so many variants, served and signed in to. */
interface Place {
  sql: Sql
  url: string
  staff: BrowserContext
  catalogue: () => Promise<Response>
  close: () => Promise<void>
}

/**
 * How the staff list and the shop window grow from 1,000 to 100,000 variants, and how smoothly the long list scrolls.
 * Both shops run side by side and are asked in turns, so that a busy machine slows both alike.
 */
export async function run(): Promise<void> {
  process.env.NEXT_DIST_DIR ??= '.next-test'
  if (!isBuilt()) await buildShop()
  const browser = await chromium.launch({ executablePath: browserPath() })
  const places: Place[] = []
  try {
    for (const size of sizes) places.push(await openPlace(size, (options) => browser.newContext(options)))
    const [small, large] = places as [Place, Place]

    const firstPage = (place: Place) => () => place.sql`select * from public.search_inventory(size => 51)`
    const bands = (place: Place) => () => place.sql`select * from public.count_bands()`
    const staffPage = (place: Place) => () => place.staff.request.get(`${place.url}/staff`)
    const rows = [
      growth('staff list, first page: query', await inTurns([small, large].map(firstPage))),
      growth('staff list, how many are low or out: query', await inTurns([small, large].map(bands))),
      growth(
        'staff list: request to first rows, rendered by the server',
        await inTurns([small, large].map(staffPage)),
      ),
      growth(
        'catalogue, first page and its length: Data API',
        await inTurns([small, large].map(({ catalogue }) => catalogue)),
      ),
    ]

    rows.push(await scrolling('100,000 variants, 3,000 px a second', large, 3))
    const stop = keepChanging(small.sql)
    rows.push(await scrolling('1,000 variants live, 100 changes a second, 1,000 px a second', small, 1))
    await stop()
    report(
      'grid',
      'The staff inventory and the shop window with 1,000 and with 100,000 variants at two locations, medians of 61.',
      rows,
    )
  } finally {
    for (const place of places) await place.close()
    await browser.close()
  }
}

/** How smoothly the staff list scrolls, beside the same rows as plain HTML. */
async function scrolling(what: string, { staff, url }: Place, pixelsPerMs: number): Promise<Row> {
  const page = await staff.newPage()
  await page.goto(`${url}/staff`)
  await page.getByRole('grid').waitFor()
  await page.waitForTimeout(2_000)
  const still = await withoutScripts(page)
  const limit = await scrollThrough(still, pixelsPerMs)
  await still.close()
  const scrolled = await scrollThrough(page, pixelsPerMs)
  await page.close()
  return {
    what: `scrolling ${what}, in Chromium`,
    measured: `${scrolled.perSecond.toFixed(1)} frames a second`,
    limit: `the same rows as plain HTML ${limit.perSecond.toFixed(1)}`,
    ratio: (limit.perSecond / scrolled.perSecond).toFixed(2),
    target: '60, or what plain HTML does',
  }
}

/** A hundred stock changes a second, all over the first variants of the list, until the returned function is called. */
function keepChanging(sql: Sql): () => Promise<void> {
  let isOver = false
  const changing = (async () => {
    const levels = await sql<{ variant_id: string; location_id: string }[]>`
      select variant_id, location_id from public.stock_levels where available > 5 order by variant_id limit 1000`
    for (let change = 0; !isOver; change += 1) {
      const next = performance.now() + 10
      const level = levels[(change * 7) % levels.length]
      if (level)
        await sql`select from public.adjust_stock(${level.variant_id}, ${level.location_id}, ${change % 2 ? -1 : 1}, 'correction', ${randomUUID()})`
      await new Promise((rest) => setTimeout(rest, Math.max(0, next - performance.now())))
    }
  })()
  return () => {
    isOver = true
    return changing
  }
}

async function openPlace(
  variants: number,
  open: (options: { baseURL: string }) => Promise<BrowserContext>,
): Promise<Place> {
  const supabase = await testSupabase()
  const sql = postgres(supabase.env.DATABASE_URL ?? '', { max: 1, onnotice: () => undefined })
  await fillCatalogue(sql, variants)
  const shop = await startShop({ mode: 'start', port: await freePort(), env: supabase.env })
  const staff = await open({ baseURL: shop.url })
  await signIn(staff, sql, supabase.env)

  const api = supabase.env.NEXT_PUBLIC_SUPABASE_URL ?? ''
  const headers = { apikey: supabase.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? '' }
  const columns =
    'id,handle,title,category,limited,variants(price_minor,compare_at_minor,currency),product_media(src,alt,position)'
  const ask = async (query: string) => {
    const response = await fetch(`${api}/rest/v1/${query}`, { headers })
    await response.arrayBuffer()
    return response
  }
  return {
    sql,
    url: shop.url,
    staff,
    async catalogue() {
      const [page] = await Promise.all([
        ask(`products?select=${columns}&status=eq.active&order=position,id&limit=24`),
        ask('category_sizes?select=category,products'),
      ])
      return page
    },
    async close() {
      await staff.close()
      await shop.stop()
      await sql.end()
      await supabase.stop()
    },
  }
}

async function signIn(staff: BrowserContext, sql: Sql, env: Record<string, string>): Promise<void> {
  const account = { email: `${randomUUID()}@onhand.test`, password: randomUUID() }
  const admin = createClient(env.NEXT_PUBLIC_SUPABASE_URL ?? '', env.SUPABASE_SECRET_KEY ?? '', {
    auth: { persistSession: false },
  })
  const { data, error } = await admin.auth.admin.createUser({ ...account, email_confirm: true })
  if (error) throw new Error('an account for the benchmark', { cause: error })
  await sql`insert into public.staff (user_id, name, email, role)
    values (${data.user.id}, 'Bench', ${account.email}, 'stock')`
  const page = await staff.newPage()
  await page.goto('/staff/sign-in')
  await page.getByLabel('E-mail').fill(account.email)
  await page.getByLabel('Password').fill(account.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Inventory' }).waitFor()
  await page.close()
}

/** Medians in milliseconds of each, asked one after the other and again. */
async function inTurns(asked: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const times: number[][] = asked.map(() => [])
  for (let round = -2; round < rounds; round++) {
    for (const [place, ask] of asked.entries()) {
      const start = performance.now()
      await ask()
      if (round >= 0) times[place]?.push(performance.now() - start)
    }
  }
  return times.map(median)
}

function growth(what: string, [small = 0, large = 0]: number[]) {
  return {
    what,
    measured: `${large.toFixed(1)} ms`,
    limit: `with 1,000 variants ${small.toFixed(1)} ms`,
    ratio: (large / small).toFixed(2),
    target,
  }
}
