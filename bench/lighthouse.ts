import { chromium } from '@playwright/test'
import { freePort } from 'embedded-supabase/ports'
import lighthouse, { type Result } from 'lighthouse'
import { browserPath } from '@/commands/browser/browser'
import { buildShop, isBuilt } from '@/commands/shop/build'
import { startShop } from '@/commands/shop/shop'
import { testSupabase } from '@/commands/stack/test-stack'
import { type Row, report } from './figures/report'

const PAGES = {
  'the catalogue': '/',
  'a category': '/category/table',
  'a search': '/search?q=bowl',
  'a product': '/products/',
}
const TARGETS = { performance: 90, accessibility: 100, 'best-practices': 95, seo: 95 }

/** Lighthouse's mobile profile on the production build; a category's score is the median of three runs. */
export async function run(): Promise<void> {
  process.env.NEXT_DIST_DIR ??= '.next-test'
  const supabase = await testSupabase()
  if (!isBuilt()) await buildShop()
  const shop = await startShop({ mode: 'start', port: await freePort(), env: supabase.env })
  const port = await freePort()
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: [`--remote-debugging-port=${port}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
  try {
    const rows: Row[] = []
    for (const [page, path] of Object.entries(PAGES)) {
      const url = path === '/products/' ? await firstProduct(shop.url) : shop.url + path
      rows.push(...(await audit(page, url, port)))
    }
    report('lighthouse', 'Lighthouse, mobile profile, production build on the embedded stack.', rows)
  } finally {
    await browser.close()
    await shop.stop()
    await supabase.stop()
  }
}

async function firstProduct(shopUrl: string): Promise<string> {
  const page = await (await fetch(shopUrl)).text()
  const [path] = page.match(/\/products\/[a-z0-9-]+/) ?? []
  if (!path) throw new Error('The catalogue links to no product.')
  return shopUrl + path
}

async function audit(page: string, url: string, port: number): Promise<Row[]> {
  const runs: Result[] = []
  for (let n = 0; n < 3; n++) {
    const result = await lighthouse(url, { port, onlyCategories: Object.keys(TARGETS), logLevel: 'error' })
    if (!result) throw new Error(`Lighthouse gave no result for ${url}.`)
    runs.push(result.lhr)
  }
  return Object.entries(TARGETS).map(([category, target]) => {
    const scores = runs
      .map((lhr) => Math.round((lhr.categories[category]?.score ?? 0) * 100))
      .sort((a, b) => a - b)
    const score = scores[1] ?? 0
    const [last] = runs.slice(-1)
    for (const { id } of score < target ? (last?.categories[category]?.auditRefs ?? []) : []) {
      const found = last?.audits[id]
      if (found?.score != null && found.score < 0.9)
        console.log(`  ${page}, ${category}: ${found.title} ${found.displayValue ?? ''}`)
    }
    return {
      what: `${page}, ${category}`,
      measured: String(score),
      limit: '100',
      ratio: (score / 100).toFixed(2),
      target: `at least ${target}`,
    }
  })
}
