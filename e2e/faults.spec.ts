import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { Sql } from 'postgres'
import { browserPath } from '@/commands/browser/browser'
import { verdictOf, watchStock } from '@/e2e/support/eyewitness'
import { expect } from '@/e2e/support/fixtures'
import { type Offer, test } from '@/e2e/support/shopping'
import type { Sale } from '@/tests/faults/support/verdict'

// Faults that only a browser can cause; every other fault is in tests/faults.

// Chromium keeps no page for the back button when it is driven, unless told to.
test.use({
  launchOptions: { executablePath: browserPath(), ignoreDefaultArgs: ['--disable-back-forward-cache'] },
})

/** Sells one unit behind the page's back. */
async function sell(sql: Sql, { variantIds: [variantId] }: Offer): Promise<Sale> {
  const [level] = await sql<{ left: number }[]>`
    select adjusted.on_hand as left from public.stock_levels as level,
      public.adjust_stock(level.variant_id, level.location_id, -1, 'correction', ${randomUUID()}) as adjusted
    where level.variant_id = ${variantId ?? null}`
  if (!level) throw new Error('nothing was sold')
  return { left: level.left, at: Date.now() }
}

declare global {
  interface Window {
    /** The first frame of each return: whether the button waits, and what the page says. */
    returns: { waits: boolean; says: string }[]
  }
}

async function openAndFollow(page: Page, sql: Sql, offer: Offer): Promise<Sale> {
  await watchStock(page)
  await page.goto(offer.path)
  const sale = await sell(sql, offer)
  await showsTheLastOf(page, [sale])
  return sale
}

async function showsTheLastOf(page: Page, sales: readonly Sale[]): Promise<void> {
  await expect(page.locator('main [data-band]').first()).toHaveText(`${sales.at(-1)?.left} left`)
}

/** No value went back, none older than five seconds was shown unmarked, and two seconds after the end it was right. */
async function keptItsPromises(page: Page, sales: readonly Sale[], endedAt: number): Promise<void> {
  const verdict = await verdictOf(page, sales, endedAt)
  expect(verdict.backwards).toBe(0)
  expect(verdict.oldestUnsaidMs).toBeLessThanOrEqual(5_000)
  expect(verdict.recoveredMs).toBeLessThan(2_000)
}

test('a frozen tab is right again as soon as it thaws', async ({ page, sql, onTheShelf }) => {
  const offer = await onTheShelf(40)
  const sales = [await openAndFollow(page, sql, offer)]
  const browser = await page.context().newCDPSession(page)

  await browser.send('Page.setWebLifecycleState', { state: 'frozen' })
  sales.push(await sell(sql, offer))
  // Real time: the browser's freeze has no clock to set. A page may be unmarked for five seconds; this is longer.
  await new Promise((frozen) => setTimeout(frozen, 7_000))
  sales.push(await sell(sql, offer))
  await browser.send('Page.setWebLifecycleState', { state: 'active' })
  const endedAt = Date.now()

  await showsTheLastOf(page, sales)
  await keptItsPromises(page, sales, endedAt)
})

test('a page without a network is marked, and is right as soon as it is back', async ({
  page,
  context,
  sql,
  onTheShelf,
}) => {
  const offer = await onTheShelf(40)
  const sales = [await openAndFollow(page, sql, offer)]

  await context.setOffline(true)
  sales.push(await sell(sql, offer))
  await expect(page.getByText(/You are offline, last confirmed \d+ s ago/).first()).toBeVisible()
  sales.push(await sell(sql, offer))
  await context.setOffline(false)
  const endedAt = Date.now()

  await showsTheLastOf(page, sales)
  await keptItsPromises(page, sales, endedAt)
})

test('a page that the back button brings back as it was left is right before anything can be clicked', async ({
  page,
  sql,
  onTheShelf,
}) => {
  const offer = await onTheShelf(40)
  await page.addInitScript(() => {
    window.returns = []
    addEventListener('pageshow', ({ persisted }) => {
      if (!persisted) return
      requestAnimationFrame(() => {
        const button = document.querySelector('main form button')
        window.returns.push({
          waits: button?.getAttribute('aria-disabled') === 'true',
          says: document.querySelector('main article')?.querySelector('[data-band]')?.textContent ?? '',
        })
      })
    })
  })
  const sales = [await openAndFollow(page, sql, offer)]

  // A browser short of memory may discard a page; then it is loaded again, and left again.
  await expect(async () => {
    await page.goto('/search')
    sales.push(await sell(sql, offer))
    await page.evaluate(() => history.back())
    await page.waitForFunction((path) => location.pathname === path, offer.path)
    expect(await page.evaluate(() => window.returns.length)).toBeGreaterThan(0)
  }).toPass({ timeout: 60_000 })
  const endedAt = Date.now()
  await showsTheLastOf(page, sales)

  const [first] = await page.evaluate(() => window.returns)
  expect(first?.waits || first?.says === `${sales.at(-1)?.left} left`).toBe(true)
  await expect(page.getByRole('button', { name: 'Add to cart' })).not.toHaveAttribute('aria-disabled')
  await keptItsPromises(page, sales, endedAt)
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByText('1 in your cart.')).toBeVisible()
})

test('of two tabs the one that stays goes on without a gap when the other is closed', async ({
  page,
  context,
  sql,
  onTheShelf,
}) => {
  const offer = await onTheShelf(40)
  const second = await context.newPage()
  const sales = [await openAndFollow(page, sql, offer), await openAndFollow(second, sql, offer)]
  await showsTheLastOf(page, sales)

  await page.close()
  const endedAt = Date.now()
  for (let sold = 0; sold < 5; sold += 1) sales.push(await sell(sql, offer))

  await showsTheLastOf(second, sales)
  await keptItsPromises(second, sales.slice(1), endedAt)
})
