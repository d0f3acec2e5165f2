import { type Browser, chromium, type Page } from '@playwright/test'
import { freePort } from 'embedded-supabase/ports'
import postgres, { type Sql } from 'postgres'
import { WebSocket } from 'ws'
import { browserPath } from '@/commands/browser/browser'
import { buildShop, isBuilt } from '@/commands/shop/build'
import { startShop } from '@/commands/shop/shop'
import { testSupabase } from '@/commands/stack/test-stack'
import { quantile } from './figures/quantile'
import { type Row, report } from './figures/report'

/** How many pages are open, and how often the stock changes then. */
const crowds = [
  { open: 1, changes: 100 },
  { open: 50, changes: 20 },
]
/** Longer than the page holds back a number that changes often. */
const pauseMs = 400
/** Realtime closes a socket that says nothing for a minute, and fifty pages may take longer to open. */
const HEARTBEAT_MS = 25_000

/** From a commit in SQL to the changed text in an open page, beside a bare websocket that hears of the same commit. */
export async function run(): Promise<void> {
  process.env.NEXT_DIST_DIR ??= '.next-test'
  const supabase = await testSupabase()
  const { DATABASE_URL = '' } = { ...process.env, ...supabase.env }
  if (!isBuilt()) await buildShop(AbortSignal.timeout(600_000))
  const shop = await startShop({ mode: 'start', port: await freePort(), env: supabase.env })
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  const sql = postgres(DATABASE_URL, { max: 1 })
  try {
    const variant = await scarceVariant(sql)
    const frames = await bareSocket({ ...process.env, ...supabase.env }, variant.productId)
    const pages: Page[] = []
    const rows: Row[] = []
    for (const { open, changes } of crowds) {
      while (pages.length < open) pages.push(await openPage(browser, `${shop.url}${pathOf(variant)}`))
      await change(sql, variant, -1)
      for (const page of pages) await page.waitForFunction(() => window.seen.length > 0)
      rows.push(...(await measure(sql, variant, { pages, frames, changes })))
    }
    const tick = frames.at(-1)
    rows.push({
      what: 'a stock tick, for shoppers',
      measured: `${tick?.dataBytes} bytes of data`,
      limit: `its frame ${tick?.bytes} bytes`,
      ratio: ((tick?.dataBytes ?? Number.NaN) / (tick?.bytes ?? Number.NaN)).toFixed(2),
      target: 'data at most 200 bytes',
    })
    report(
      'commit-to-text',
      `From sending COMMIT in SQL to the changed text in every open product page (Chromium, production build), and to its
paint, over ${crowds.map(({ open, changes }) => `${changes} stock changes with ${open} open`).join(', ')}.`,
      rows,
    )
  } finally {
    await sql.end()
    await browser.close()
    await shop.stop()
    await supabase.stop()
  }
}

interface Measured {
  pages: readonly Page[]
  frames: readonly Frame[]
  changes: number
}

/** Changes the stock so often, and waits each time until the last page has painted it. */
async function measure(sql: Sql, variant: Variant, { pages, frames, changes }: Measured): Promise<Row[]> {
  const [toText, toPaint, toFrame]: [number[], number[], number[]] = [[], [], []]
  for (let count = 0; count < changes; count += 1) {
    await new Promise((done) => setTimeout(done, pauseMs))
    for (const page of pages) await page.evaluate(() => window.seen.splice(0))
    const committed = await change(sql, variant, count % 2 ? -1 : 1)
    for (const page of pages) {
      await page.waitForFunction(() => window.seen[0]?.paintedAt)
      const [seen] = await page.evaluate(() => window.seen)
      toText.push((seen?.changedAt ?? Number.NaN) - committed)
      toPaint.push((seen?.paintedAt ?? Number.NaN) - committed)
    }
    toFrame.push((frames.at(-1)?.at ?? Number.NaN) - committed)
  }
  const row = (what: string, times: number[], target: string) => ({
    what: `${what}, ${pages.length} open`,
    measured: spread(times),
    limit: `bare websocket frame ${spread(toFrame)}`,
    ratio: (quantile(times, 0.5) / quantile(toFrame, 0.5)).toFixed(1),
    target,
  })
  return [row('commit to text', toText, 'under 100 ms'), row('commit to paint', toPaint, '')]
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage()
  // Fifty pages open slowly where little else is free.
  page.setDefaultTimeout(120_000)
  await page.goto(url)
  await watchText(page)
  return page
}

interface Variant {
  id: string
  sku: string
  productId: string
  handle: string
  locationId: string
}

/** A variant of a limited edition: every unit of it shows. */
async function scarceVariant(sql: Sql): Promise<Variant> {
  const [variant] = await sql<Variant[]>`
    select variants.id, variants.sku, products.id as "productId", products.handle, level.location_id as "locationId"
    from public.stock_levels as level
    join public.variants on variants.id = level.variant_id
    join public.products on products.id = variants.product_id
    join public.shelf on shelf.variant_id = variants.id
    where shelf."left" > 1 and level.available > 1
    order by products.limited desc, variants.id
    limit 1`
  if (!variant) throw new Error('The demo shop has no variant whose units are told.')
  return variant
}

const pathOf = ({ handle, sku }: Variant) => `/products/${handle}?${new URLSearchParams({ variant: sku })}`

/** Answers when COMMIT was sent, in milliseconds since 1970. */
async function change(sql: Sql, variant: Variant, delta: number): Promise<number> {
  let sent = 0
  await sql.begin(async (tx) => {
    await tx`select from public.adjust_stock(${variant.id}, ${variant.locationId}, ${delta}, 'correction', ${crypto.randomUUID()})`
    sent = performance.timeOrigin + performance.now()
  })
  return sent
}

interface Frame {
  /** When it arrived, in milliseconds since 1970. */
  at: number
  bytes: number
  /** Of the row alone. */
  dataBytes: number
}

/** Each frame about a product, with nothing but a socket and a join in between. */
async function bareSocket(env: Record<string, string | undefined>, productId: string): Promise<Frame[]> {
  const url = env.NEXT_PUBLIC_SUPABASE_URL?.replace('http', 'ws')
  const socket = new WebSocket(
    `${url}/realtime/v1/websocket?apikey=${env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY}&vsn=2.0.0`,
  )
  const frames: Frame[] = []
  await new Promise((resolve, reject) => {
    const select = ['variant_id', 'product_id', 'band', 'left', 'version']
    const filter = `product_id=in.(${productId})`
    const wanted = { event: '*', schema: 'public', table: 'shelf', select, filter }
    socket.on('open', () =>
      socket.send(
        JSON.stringify(['1', '1', 'realtime:bare', 'phx_join', { config: { postgres_changes: [wanted] } }]),
      ),
    )
    socket.on('error', reject)
    const heartbeat = setInterval(
      () => socket.send(JSON.stringify([null, '2', 'phoenix', 'heartbeat', {}])),
      HEARTBEAT_MS,
    )
    socket.on('close', () => clearInterval(heartbeat))
    socket.on('message', (bytes) => {
      const [, , , event, payload] = JSON.parse(bytes.toString()) as [...string[], unknown]
      if (event === 'postgres_changes') {
        const { data } = payload as { data: { record: object } }
        frames.push({
          at: performance.timeOrigin + performance.now(),
          bytes: bytes.toString().length,
          dataBytes: JSON.stringify(data.record).length,
        })
      }
      if (event === 'system') resolve(undefined)
    })
  })
  return frames
}

declare global {
  interface Window {
    /** When a stock text changed, and when the next frame was painted, in milliseconds since 1970. */
    seen: { changedAt: number; paintedAt?: number }[]
  }
}

async function watchText(page: Page): Promise<void> {
  await page.locator('main [data-band]').first().waitFor()
  await page.waitForLoadState('load')
  await page.evaluate(() => {
    window.seen = []
    let shown = document.querySelector('main [data-band]')?.textContent
    // Of the whole page: on a slow one the text may yet be rendered again.
    new MutationObserver(() => {
      const text = document.querySelector('main [data-band]')?.textContent
      if (text === shown) return
      shown = text
      const seen: (typeof window.seen)[number] = { changedAt: performance.timeOrigin + performance.now() }
      window.seen.push(seen)
      requestAnimationFrame(() => {
        seen.paintedAt = performance.timeOrigin + performance.now()
      })
    }).observe(document.body, { childList: true, characterData: true, subtree: true })
  })
}

function spread(times: readonly number[]): string {
  return `p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms`
}
