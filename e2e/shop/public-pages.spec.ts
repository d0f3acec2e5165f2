import type { Page } from '@playwright/test'
import { expect } from '@/e2e/support/fixtures'
import { test } from '@/e2e/support/shopping'

declare global {
  interface Window {
    /** Sources that the policy of the page has blocked. */
    blocked: string[]
    /** Milliseconds from each click to the first frame with a sign of it. */
    signs: number[]
  }
}

async function noteBlocked(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.blocked = []
    document.addEventListener('securitypolicyviolation', ({ blockedURI, violatedDirective }) => {
      window.blocked.push(`${violatedDirective} ${blockedURI}`)
    })
  })
}

test('two shoppers get the same page, and each sees their own cart on it', async ({
  page,
  browser,
  onTheShelf,
}) => {
  const offer = await onTheShelf(3)
  const other = await browser.newPage()
  for (const each of [page, other]) await noteBlocked(each)
  await page.goto(offer.path)
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByText('1 in your cart.')).toBeVisible()

  await Promise.all([page.goto(offer.path), other.goto(offer.path)])

  await expect(page.getByRole('link', { name: /^Cart/ })).toContainText('1')
  await expect(page.getByText('1 in your cart.')).toBeVisible()
  await expect(other.getByRole('link', { name: /^Cart/ })).toContainText('0')
  await expect(other.getByText('in your cart.')).toHaveCount(0)
  for (const each of [page, other]) expect(await each.evaluate(() => window.blocked)).toEqual([])
  const own = await page.request.get(offer.path)
  expect(own.headers()['cache-control']).toMatch(/^public, /)
  expect(await own.text()).not.toContain('in your cart')
  await other.close()
})

test('the last unit of a variant stays on the page of the shopper who takes it', async ({
  page,
  onTheShelf,
}) => {
  const offer = await onTheShelf(1, 5)
  await page.goto(offer.path)
  await expect(page.getByText('1 left').first()).toBeVisible()

  await page.getByRole('button', { name: 'Add to cart' }).click()

  await expect(page.getByText('1 in your cart.')).toBeVisible()
  await expect(page.getByRole('main').getByRole('button', { name: 'Sold out' })).toBeVisible()
  await expect(page.getByText('Glaze: Chalk')).toBeVisible()
})

test('a click shows a sign before the network has answered', async ({ page, onTheShelf }) => {
  const offer = await onTheShelf(1)
  const held = Promise.withResolvers<void>()
  await page.goto(offer.path)
  await expect(page.getByRole('link', { name: /^Cart/ })).toContainText('0')
  await page.route(/_rsc/, async (route) => {
    await held.promise
    await route.continue()
  })

  await page.getByRole('link', { name: 'Fewings' }).click()

  const bar = () => page.evaluate(() => getComputedStyle(document.body, '::before').height)
  await expect.poll(bar).toBe('3px')
  expect(page.url()).toContain(offer.path)
  held.resolve()
  await expect(page).toHaveURL('/')
  await expect.poll(bar).not.toBe('3px')
})

test('on a slow network a page is asked for before the click, and a click has a sign within 100 ms', async ({
  page,
  onTheShelf,
}) => {
  const offer = await onTheShelf(1)
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.headers().rsc === '1') asked.push(new URL(request.url()).pathname)
  })
  await page.goto(offer.path)
  await expect(page.getByRole('link', { name: /^Cart/ })).toContainText('0')
  const network = await page.context().newCDPSession(page)
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 1_500,
    downloadThroughput: 50_000,
    uploadThroughput: 20_000,
  })
  await noteSigns(page)
  const home = page.getByRole('link', { name: 'Fewings' })

  await expect(async () => {
    await page.mouse.move(0, 0)
    await home.hover()
    expect(asked).toContain('/')
  }).toPass()
  await home.click()
  await expect(page).toHaveURL('/')
  for (const name of ['Account', /^Cart/]) {
    await page.getByRole('link', { name }).first().click()
    await expect(page).not.toHaveURL('/')
    await page.getByRole('link', { name: 'Fewings' }).click()
    await expect(page).toHaveURL('/')
  }

  // Of all clicks: the machine may have been busy at one of them.
  expect(await page.evaluate(() => Math.min(...window.signs))).toBeLessThan(100)
})

async function noteSigns(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.signs = []
    const hasSign = () => getComputedStyle(document.body, '::before').height === '3px'
    document.addEventListener(
      'click',
      ({ timeStamp }) => {
        const look = () => {
          if (hasSign()) window.signs.push(performance.now() - timeStamp)
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      },
      true,
    )
  })
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a refusal is shown to the shopper it was for, with what is still possible', async ({
    page,
    browser,
    onTheShelf,
    sql,
  }) => {
    const offer = await onTheShelf(5)
    await page.goto(offer.path)
    await page.getByLabel('Quantity').selectOption('5')
    await sql`select public.adjust_stock(${offer.variantIds[0] ?? ''}, '30000000-0000-4000-8000-000000000001', -3, 'correction', gen_random_uuid())`
    await page.getByRole('button', { name: 'Add to cart' }).click()

    await expect(page.getByText('Only 2 in stock.')).toBeVisible()
    const other = await browser.newPage({ javaScriptEnabled: false })
    await other.goto(offer.path)
    await expect(other.getByText('Only 2 in stock.')).toHaveCount(0)
    await page.getByRole('button', { name: 'Add 2 instead' }).click()
    await expect(page.getByText('2 in your cart.')).toBeVisible()
    await other.close()
  })
})
