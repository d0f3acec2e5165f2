import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect } from '@/e2e/support/fixtures'
import { changeInDatabase } from '@/e2e/support/shop'
import { goToCheckout, test } from '@/e2e/support/shopping'

/** A number of the dashboard, by its name. */
function figure(page: Page, name: string) {
  const term = page.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) })
  return page.locator('dl > div').filter({ has: term }).getByRole('definition').first()
}

test("two staff members watch the shop: an order shows at once, and each sees the other's alerts", async ({
  visit,
  onTheShelf,
  goods,
  sql,
}) => {
  const offer = await onTheShelf(3)
  const [shopper, keeper, manager] = [await visit('shopper'), await visit('stock'), await visit('manager')]
  const phone = await visit('stock', { viewport: { width: 390, height: 844 } })
  for (const page of [keeper, manager]) await page.goto('/staff/dashboard?range=month')
  const orders = Number((await figure(manager, 'Orders').textContent())?.replace(',', ''))

  await goToCheckout(shopper, offer)
  await shopper.getByRole('button', { name: /Place order/ }).click()
  await expect(shopper.getByRole('heading', { name: 'Order placed' })).toBeVisible()
  const oneMore = (orders + 1).toLocaleString('en')
  for (const page of [keeper, manager]) await expect(figure(page, 'Orders')).toHaveText(oneMore)

  // The chart is read by arrow keys, and as a table.
  const chart = manager.getByRole('slider', { name: 'Select a day' })
  await chart.focus()
  await manager.keyboard.press('End')
  await expect(chart).toHaveAttribute('aria-valuetext', /€.+, [\d,]+ orders?, [\d,]+ units?$/)
  await manager.getByText('View as table').click()
  await expect(manager.getByRole('columnheader', { name: 'Revenue' })).toBeVisible()
  await phone.goto('/staff/dashboard?range=month')
  await expect(figure(phone, 'Orders')).toHaveText(oneMore)

  // Units appear out of nowhere.
  await changeInDatabase(sql, goods, goods.variants[0], 12)
  const alertOn = (page: Page) => page.getByRole('listitem').filter({ hasText: goods.title })
  for (const page of [keeper, manager]) await expect(alertOn(page)).toContainText('+12 units')
  await alertOn(manager).getByRole('button', { name: 'Take alert' }).click()
  await expect(alertOn(manager)).toContainText('You own this alert')
  await expect(alertOn(keeper)).toContainText('Robin the manager owns this alert')

  await alertOn(phone).getByText('Assign or snooze').click()
  await alertOn(phone).getByRole('button', { name: 'Snooze' }).click()
  await expect(alertOn(phone)).toContainText('Robin the manager owns this alert, snoozed until')
  await expect(alertOn(manager)).toContainText('You own this alert, snoozed until')

  await alertOn(keeper).getByRole('link', { name: 'View movements' }).click()
  await expect(keeper.getByRole('heading', { level: 1 })).toContainText('On hand')

  // A count is made, and the alert ends automatically.
  await sql`select public.recount_stock(${goods.variants[0].id}, ${goods.location.id}, 19, 18, ${randomUUID()})`
  await expect(alertOn(manager)).toHaveCount(0)
})
