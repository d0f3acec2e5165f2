import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import type { Sql } from 'postgres'
import { browserPath } from '@/commands/browser/browser'
import { line, scan, startCount } from './support/counting'
import { expect } from './support/fixtures'
import { denyStorage, fillStorage, lacking, translate } from './support/missing'
import { changeInDatabase, type Goods } from './support/shop'
import { test } from './support/shopping'

// A browser may lack any of these. Its pages do the same with less comfort, and lose no unit and no input.

async function heldOf(sql: Sql, { variants: [{ id }] }: Goods): Promise<number> {
  const [row] = await sql`select held from public.availability where variant_id = ${id}`
  return Number(row?.held)
}

/** Sees live stock, buys one, and sees the order. */
async function shops(page: Page, sql: Sql, goods: Goods): Promise<void> {
  const [blue] = goods.variants
  await page.goto(`/products/${goods.handle}`)
  await expect(page.getByText('7 left').first()).toBeVisible()
  await changeInDatabase(sql, goods, blue, -3)
  await expect(page.getByText('4 left').first()).toBeVisible()

  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.getByRole('link', { name: 'View cart' }).click()
  await page.getByRole('button', { name: `Increase quantity: ${blue.name}` }).click()
  await expect(page.getByText('€84.00').first()).toBeVisible()
  await expect.poll(() => heldOf(sql, goods)).toBe(2)
  await page.getByRole('button', { name: 'Go to checkout' }).click()
  await page.getByLabel('Name').fill('Ada Lovelace')
  await page.getByLabel('E-mail').fill('ada@example.test')
  await page.getByRole('button', { name: /Place order/ }).click()
  await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
}

/** Counts a shelf, and changes a title without losing it to a reload where the browser can keep it. */
async function works(page: Page, sql: Sql, goods: Goods): Promise<void> {
  const [blue, green] = goods.variants
  await startCount(page, sql, goods)
  await scan(page, blue, 5)
  await expect(line(page, blue)).toContainText('Counted5')
  await scan(page, green, 6)
  await expect(line(page, green)).toContainText('Counted6')

  await page.goto(`/staff/products/${goods.productId}`)
  await page.getByRole('textbox', { name: 'Vendor' }).fill('Ilse Verbrugge')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible()
}

for (const [browser, takeAway] of Object.entries(lacking)) {
  test(`the shop sells to a browser ${browser}`, async ({ visit, goods, sql }) => {
    const page = await visit('shopper')
    await page.addInitScript(takeAway)
    await shops(page, sql, goods)
  })
}

test('staff count and edit in a browser that denies storage, locks and channels', async ({
  visit,
  goods,
  sql,
}) => {
  const page = await visit('manager')
  await page.addInitScript(denyStorage)
  await works(page, sql, goods)
})

test('a count says that the device has no room for it until it is sent', async ({ visit, goods, sql }) => {
  const page = await visit('stock')
  await page.addInitScript(fillStorage)
  await startCount(page, sql, goods)
  await expect(page.getByRole('banner').locator('[data-live]')).toBeVisible()
  let mend: () => void = () => undefined
  const mended = new Promise<void>((resolve) => {
    mend = resolve
  })
  await page.route('**/staff/counts/*', async (route) => {
    if (route.request().method() === 'POST') await mended
    await route.continue()
  })
  await scan(page, goods.variants[0], 5)
  await expect(page.getByText(/can’t store entries/)).toBeVisible()

  mend()
  await expect(line(page, goods.variants[0])).toContainText('Counted5')
  await expect(page.getByText(/can’t store entries/)).toHaveCount(0)
})

/** A browser whose settings block cookies, and with them every storage. */
async function withoutCookies(use: (context: BrowserContext) => Promise<void>): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'no-cookies-'))
  mkdirSync(join(profile, 'Default'))
  const settings = { profile: { default_content_setting_values: { cookies: 2 } } }
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(settings))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserPath(),
    baseURL: process.env.SITE_URL ?? '',
  })
  await use(context)
  await context.close()
}

test('with cookies blocked nothing is held, and the page says why', async ({ goods, sql }) => {
  await withoutCookies(async (context) => {
    const page = await context.newPage()
    await page.goto(`/products/${goods.handle}`)
    await expect(page.getByText('7 left').first()).toBeVisible()
    for (let clicks = 0; clicks < 3; clicks++) {
      await page.getByRole('button', { name: 'Add to cart' }).click()
      await expect(page.getByText('Your browser blocks cookies').first()).toBeVisible()
    }
    expect(await heldOf(sql, goods)).toBe(0)
    await expect(page.getByText('7 left').first()).toBeVisible()

    await page.goto('/account/sign-in')
    await expect(page.getByText('Your browser blocks cookies, so you can’t sign in.')).toBeVisible()
  })
})

test('a guest without JavaScript gets a cart with the first form', async ({ visit, goods, sql }) => {
  const page = await visit('shopper', { javaScriptEnabled: false })
  await page.goto(`/products/${goods.handle}`)
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByText('in your cart.')).toBeVisible()
  expect(await heldOf(sql, goods)).toBe(1)
})

test('a link followed offline leads to a page of the shop, and on when the network is back', async ({
  browser,
  goods,
}) => {
  // Not by visit: the browser itself reports each failed request on the console.
  const context = await browser.newContext({ baseURL: process.env.SITE_URL ?? '' })
  const page = await context.newPage()
  await page.goto('/category/tests')
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await context.setOffline(true)
  await page.getByRole('main').getByRole('link', { name: goods.title }).first().click()
  await expect(page.getByRole('heading', { name: 'You are offline' })).toBeVisible()
  // True of an empty cart too: the page cannot know.
  await expect(page.getByText('Anything in your cart is saved, and stays reserved')).toBeVisible()

  await context.setOffline(false)
  await expect(page.getByRole('heading', { name: goods.title })).toBeVisible()
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByText('You are offline, so nothing was changed.')).toBeVisible()
  await context.close()
})

test('a click on a link shows at once that it was taken', async ({ visit, goods }) => {
  const page = await visit('shopper')
  await page.goto('/category/tests')
  let isShown: () => void = () => undefined
  const untilShown = new Promise<void>((resolve) => {
    isShown = resolve
  })
  await page.route(`**/products/${goods.handle}*`, async (route) => {
    await untilShown
    await route.continue()
  })
  await page.getByRole('main').getByRole('link', { name: goods.title }).first().click()
  await expect(page.locator('[data-following]')).toHaveCount(1)
  isShown()
  await expect(page.getByRole('heading', { name: goods.title })).toBeVisible()
  await expect(page.locator('[data-following]')).toHaveCount(0)
})

test('a translated page shows new numbers, and only those', async ({ visit, goods, sql }) => {
  const [blue] = goods.variants
  const page = await visit('shopper')
  await page.goto(`/products/${goods.handle}`)
  await expect(page.locator('main [data-live]').first()).toBeVisible()
  await translate(page)
  await changeInDatabase(sql, goods, blue, -3)
  await expect(page.getByText('4 left').first()).toBeVisible()
  await expect(page.getByText('7 left')).toHaveCount(0)

  const cart = page.getByRole('banner').getByRole('link', { name: /Cart/ })
  const add = page.getByRole('button', { name: 'Add to cart' })
  await add.click()
  await expect(cart).toHaveText(/^Cart\s*1/)
  await expect(page.locator('main [role=status]').first()).toHaveText(/^\s*1 in your cart/)
  await add.click()
  await expect(cart).toHaveText(/^Cart\s*2/)
  await expect(page.locator('main [role=status]').first()).toHaveText(/^\s*2 in your cart/)

  await page.getByRole('link', { name: 'View cart' }).click()
  const quantity = page.getByRole('listitem').filter({ hasText: goods.title })
  await expect(quantity).toContainText('€84.00')
  await translate(page)
  await page.getByRole('button', { name: `Increase quantity: ${blue.name}` }).click()
  await expect(quantity).toContainText('€126.00')
  await expect(quantity).not.toContainText('€84.00')
  await expect(quantity).toContainText(/Quantity:\s*3\s*\+/)
  const total = page.getByRole('region', { name: 'Order total' }).getByRole('paragraph').first()
  await expect(total).toHaveText(/^\s*Total\s*€126\.00\s*$/)
})

test('forced colours show what is chosen', async ({ visit, goods }) => {
  const page = await visit('manager', { forcedColors: 'active' })
  const filled = (of: string) =>
    page
      .locator(of)
      .evaluateAll((all) => new Set(all.map((each) => getComputedStyle(each).backgroundColor)).size)
  await page.goto(`/products/${goods.handle}`)
  expect(await filled('main ul[aria-labelledby^=option] a')).toBe(2)
  await page.goto('/staff/orders')
  expect(await filled('main nav a')).toBe(2)
})
