import { randomUUID } from 'node:crypto'
import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContext, Page } from '@playwright/test'
import type { Sql } from 'postgres'
import { median } from '../figures/quantile'
import { type Row, report } from '../figures/report'
import { framesPerSecond, plainCopy } from '../grid/frames'
import { type Place, withPlaces } from '../grid/place'

/** Of 17 s each: three minutes for all that is measured, besides filling the shops. */
const rounds = 3
const changesPerSecond = 100
const target = '60, or what plain HTML does'

/**
 * How smoothly the staff list scrolls, beside its own rows as plain HTML: what this machine can paint at most while
 * the same goes on in the shop. The two take turns, each alone in the browser.
 */
export async function run(): Promise<void> {
  console.log('Two shops are being opened, of 1,000 and of 100,000 variants …')
  await withPlaces([{ variants: 1_000 }, { variants: 100_000 }], async (small, large) => {
    if (!small || !large) return
    const long = await scrolling('100,000 variants, 3,000 px a second', large, 3)
    const quiet = await scrolling('1,000 variants, 1,000 px a second', small, 1)
    const stop = keepChanging(small.sql)
    // Also when the scrolling fails: nothing ends while stock changes.
    const live = await scrolling('1,000 variants while stock changes, 1,000 px a second', small, 1).finally(
      stop,
    )
    const changes = await stop()
    report(
      'scrolling',
      `The staff inventory in Chromium, which paints by software here: medians of ${rounds} rounds of 6 s that take turns with the
same rows as plain HTML, each alone in the browser. While stock changes, it does so ${changes.toFixed(0)} times a second, all over the
list, also while the plain HTML is scrolled. The machine's load was ${loadavg()[0]?.toFixed(1)}.`,
      [long, quiet, live],
    )
  })
}

async function scrolling(what: string, place: Place, pixelsPerMs: number): Promise<Row> {
  const html = await onPage(place, plainCopy)
  const plain: number[] = []
  const ours: number[] = []
  for (let round = 0; round < rounds; round++) {
    plain.push(await onPlainPage(place.staff, html, (page) => framesPerSecond(page, pixelsPerMs)))
    ours.push(await onPage(place, (page) => framesPerSecond(page, pixelsPerMs)))
    console.log(`${what}: ${ours.at(-1)?.toFixed(1)} frames a second, plain HTML ${plain.at(-1)?.toFixed(1)}`)
  }
  return {
    what,
    measured: `${median(ours).toFixed(1)} frames a second`,
    limit: `the same rows as plain HTML ${median(plain).toFixed(1)}`,
    ratio: (median(ours) / median(plain)).toFixed(2),
    target,
  }
}

/** The staff list, once its rows have settled. */
async function onPage<Found>({ staff, url }: Place, look: (page: Page) => Promise<Found>): Promise<Found> {
  const page = await staff.newPage()
  await page.goto(`${url}/staff`)
  await page.getByRole('grid').waitFor()
  await page.waitForTimeout(2_000)
  const found = await look(page)
  await page.close()
  return found
}

async function onPlainPage<Found>(
  context: BrowserContext,
  html: string,
  look: (page: Page) => Promise<Found>,
): Promise<Found> {
  const page = await context.newPage()
  await page.setContent(html, { waitUntil: 'load' })
  await page.waitForTimeout(2_000)
  const found = await look(page)
  await page.close()
  return found
}

/** Changes stock all over the list, until the returned function is called: it answers how many changes a second were made. */
function keepChanging(sql: Sql): () => Promise<number> {
  let isOver = false
  const changing = (async () => {
    const levels = await sql<{ variant_id: string; location_id: string }[]>`
      select variant_id, location_id from public.stock_levels where available > 5 order by variant_id`
    const start = performance.now()
    let change = 0
    for (; !isOver; change += 1) {
      const level = levels[(change * 7) % levels.length]
      if (level)
        await sql`select from public.adjust_stock(${level.variant_id}, ${level.location_id}, ${change % 2 ? -1 : 1}, 'correction', ${randomUUID()})`
      const dueMs = ((change + 1) * 1_000) / changesPerSecond
      await sleep(Math.max(0, start + dueMs - performance.now()))
    }
    return (change * 1_000) / (performance.now() - start)
  })()
  return () => {
    isOver = true
    return changing
  }
}
