import type { Page } from '@playwright/test'
import type { Sql } from 'postgres'
import { expect } from '@/e2e/support/fixtures'
import type { Goods } from '@/e2e/support/shop'
import { goToCheckout, test } from '@/e2e/support/shopping'

async function openNumber(page: Page, goods: Goods, column: string): Promise<void> {
  const row = page.getByRole('row', { name: goods.location.name })
  await row.locator(`[data-column="${column}"]`).getByRole('link').click()
}

/** The units of a row of the sum, by its label. */
const partOf = (page: Page, what: string | RegExp) =>
  page.getByRole('dialog').getByRole('row').filter({ hasText: what }).getByRole('cell').first()

/** The database's clock has reached another second. */
async function nextSecond(sql: Sql): Promise<void> {
  const second = async () => (await sql`select date_trunc('second', clock_timestamp())::text as it`)[0]?.it
  const begun = await second()
  await expect.poll(second).not.toBe(begun)
}

test('while a shopper fills a cart and another orders, a number says what it is made of', async ({
  visit,
  goods,
}) => {
  const [blue] = goods.variants
  const [ann, ben, browsing, buying] = [
    await visit('viewer'),
    await visit('stock'),
    await visit('shopper'),
    await visit('shopper'),
  ]
  const offer = { title: goods.title, path: `/products/${goods.handle}`, variantIds: [] }
  await browsing.goto(offer.path)
  await browsing.getByRole('button', { name: 'Add to cart' }).click()
  await expect(browsing.getByRole('link', { name: 'View cart' })).toBeVisible()
  await goToCheckout(buying, offer)
  await buying.getByRole('button', { name: /Place order/ }).click()
  await expect(buying.getByRole('heading', { name: 'Order placed' })).toBeVisible()

  await ann.goto(`/staff?q=${blue.sku}`)
  await expect(ann.getByRole('grid')).toBeVisible()
  await openNumber(ann, goods, 'available')
  await expect(partOf(ann, 'On hand')).toHaveText('+7')
  await expect(partOf(ann, 'Held')).toHaveText('−1')
  await expect(partOf(ann, 'Committed')).toHaveText('−1')
  await expect(partOf(ann, 'Available now')).toHaveText('5')

  await ann.getByRole('dialog').getByRole('link', { name: 'Held' }).click()
  await expect(ann.getByRole('dialog').getByText(/A cart.*1 unit worth €42.00 in it · ends in/)).toBeVisible()
  await ann.keyboard.press('Escape')
  await openNumber(ann, goods, 'committed')
  await expect(ann.getByRole('dialog').getByRole('link', { name: /Order \d+, Ada Lovelace/ })).toBeVisible()
  await ann.keyboard.press('Escape')

  await openNumber(ann, goods, 'on_hand')
  await expect(partOf(ann, 'Received, First delivery')).toHaveText('+7')
  await ben.goto(`/staff?q=${blue.sku}`)
  await expect(ben.getByRole('grid')).toBeVisible()
  await ben.getByRole('row', { name: goods.location.name }).getByRole('textbox').fill('+3')
  await ben.keyboard.press('Enter')
  await expect(partOf(ann, 'Correction')).toHaveText('+3')
  await expect(partOf(ann, 'On hand now')).toHaveText('10')
})

test('without JavaScript a number opens on a separate page, also as it was before', async ({
  visit,
  goods,
  sql,
}) => {
  const [blue] = goods.variants
  // The field has whole seconds: one after the delivery, one before the damage.
  await nextSecond(sql)
  const [before] =
    await sql`select to_char(now() at time zone 'Europe/Brussels', 'YYYY-MM-DD"T"HH24:MI:SS') as wall`
  await nextSecond(sql)
  await sql`select from public.adjust_stock(${blue.id}, ${goods.location.id}, -2, 'damage', gen_random_uuid())`
  const page = await visit('viewer', { javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  await page.goto(`/staff?q=${blue.sku}`)

  await page
    .getByRole('row', { name: goods.location.name })
    .getByRole('cell')
    .nth(1)
    .getByRole('link')
    .click()
  await expect(page.getByRole('heading', { name: `On hand, ${goods.location.name}` })).toBeVisible()
  await expect(
    page
      .getByRole('row', { name: /Damaged/ })
      .getByRole('cell')
      .first(),
  ).toHaveText('−2')
  await expect(page.getByRole('row', { name: 'On hand now' }).getByRole('cell').first()).toHaveText('5')

  await page.getByLabel(/View stock at/).fill(String(before?.wall))
  await page.getByRole('button', { name: 'View earlier stock' }).click()
  await expect(
    page
      .getByRole('row', { name: /On hand on/ })
      .getByRole('cell')
      .first(),
  ).toHaveText('7')
  await expect(page.getByRole('row', { name: /Damaged/ })).toHaveCount(0)
})
