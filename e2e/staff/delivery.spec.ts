import { randomUUID } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import { expect } from '@/e2e/support/fixtures'
import { expectReadable } from '@/e2e/support/readable'
import { goToCheckout, test } from '@/e2e/support/shopping'

// Zones are the whole shop's. So one of these tests keeps all countries that other tests deliver to free of charge, and
// the price is that of Iceland.
const elsewhere = 'BE, NL, LU, FR, DE, AT, IE, IT, ES, PT, DK'

test.describe.configure({ mode: 'serial' })

const names = {
  elsewhere: `Elsewhere ${randomUUID().slice(0, 6)}`,
  iceland: `Iceland ${randomUUID().slice(0, 6)}`,
}

test.afterAll(async ({ sql }) => {
  await sql`delete from public.delivery_zones where name = any (${Object.values(names)})`
})

test('a manager adds zones with rates, and corrects one, by keys at 390 px', async ({ visit }) => {
  const page = await visit('manager', { viewport: { width: 390, height: 844 } })
  await page.goto('/staff/settings/delivery')
  await expectReadable(page)
  await addZone(page, names.elsewhere, elsewhere, '0')
  await expect(page.getByText(`Change ${names.elsewhere}`)).toBeVisible()
  await addZone(page, names.iceland, 'Atlantis', '9,90')
  const form = await formOf(page)
  await expect(form.getByText('One of the countries is not known.', { exact: false })).toBeVisible()

  await form.getByLabel('Countries').fill('iceland')
  await form.getByLabel('Delivery time (optional)').fill('4–6 working days')
  await form.getByLabel('Rate 2: items from').fill('25')
  await form.getByLabel('Rate 2: price of delivery').fill('0')
  await form.getByRole('button', { name: 'Save zone' }).press('Enter')

  await expect(page.getByText('€9.90, free from €25.00 · 4–6 working days')).toBeVisible()
  await expect(page.getByText('Iceland · All postcodes')).toBeVisible()
  await expectReadable(page)
  await page.screenshot({ path: 'test-results/delivery-settings-390.png', fullPage: true })
})

test('the checkout shows the price of delivery before the order, the order and its page after it', async ({
  page,
  onTheShelf,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await goToCheckout(page, await onTheShelf(3))
  await expect(page.getByRole('button', { name: 'Place order, €12.50' })).toBeVisible()
  await deliverToIceland(page)

  await expect(page.getByText('Delivery: €9.90, 4–6 working days')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Place order, €22.40' })).toBeVisible()
  await expectReadable(page)
  await page.screenshot({ path: 'test-results/delivery-checkout-390.png', fullPage: true })
  await page.getByRole('button', { name: 'Place order, €22.40' }).click()
  await page.getByRole('button', { name: 'Pay €22.40' }).click()

  await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
  await expect(page.getByText('€9.90', { exact: true }).filter({ visible: true })).toBeVisible()
  await expect(page.getByText('4–6 working days', { exact: true }).filter({ visible: true })).toBeVisible()
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.screenshot({ path: 'test-results/delivery-order-1440.png', fullPage: true })
  await page.getByText('Cancel order', { exact: true }).click()
  await page.getByRole('button', { name: 'Yes, cancel order' }).click()
  await expect(page.getByText('€22.40 has been refunded.')).toBeVisible()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a shopper asks for the price of delivery, and pays it', async ({ page, onTheShelf }) => {
    await goToCheckout(page, await onTheShelf(1))
    await deliverToIceland(page)

    await page.getByRole('button', { name: 'Show price of delivery' }).click()

    await expect(page.getByText('Your total is updated.')).toBeVisible()
    await expect(page.getByText('Delivery: €9.90, 4–6 working days')).toBeVisible()
    await page.screenshot({ path: 'test-results/delivery-no-js.png', fullPage: true })
    await page.getByRole('button', { name: 'Place order, €22.40' }).click()
    await page.getByRole('button', { name: 'Pay €22.40' }).click()
    await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
  })

  test('a shopper who does not ask is shown the total before they pay it', async ({ page, onTheShelf }) => {
    await goToCheckout(page, await onTheShelf(1))
    await deliverToIceland(page)

    await page.getByRole('button', { name: 'Place order, €12.50' }).click()

    await expect(page.getByText('The total is now €22.40', { exact: false })).toBeVisible()
    await page.getByRole('button', { name: 'Place order, €22.40' }).click()
    await expect(page.getByRole('button', { name: 'Pay €22.40' })).toBeVisible()
  })
})

test('a manager removes a zone, and its country is no longer offered', async ({
  visit,
  page,
  onTheShelf,
}) => {
  const desk = await visit('manager')
  await desk.goto('/staff/settings/delivery')
  await desk.screenshot({ path: 'test-results/delivery-settings-1440.png', fullPage: true })
  await desk.getByText(`Change ${names.iceland}`).press('Enter')
  await desk.getByRole('button', { name: `Remove zone ${names.iceland}` }).press('Enter')
  await expect(desk.getByText(`Change ${names.iceland}`)).toBeHidden()

  await goToCheckout(page, await onTheShelf(1))
  await page.getByLabel('Deliver to my address').check()
  await expect(page.getByLabel('Country').locator('option', { hasText: 'Iceland' })).toHaveCount(0)
})

async function deliverToIceland(page: Page): Promise<void> {
  await page.getByLabel('Deliver to my address').check()
  await page.getByLabel('Country').selectOption('Iceland')
  await page.getByLabel('Street and house number').fill('Laugavegur 1')
  await page.getByLabel('Postcode').fill('101')
  await page.getByLabel('Town or city').fill('Reykjavík')
}

async function formOf(page: Page): Promise<Locator> {
  const form = page.getByRole('form', { name: 'Save zone' })
  if (!(await form.isVisible())) await page.getByText('Add a zone').press('Enter')
  return form
}

async function addZone(page: Page, name: string, countries: string, rate: string): Promise<void> {
  const form = await formOf(page)
  await form.getByLabel('Name').fill(name)
  await form.getByLabel('Countries').fill(countries)
  await form.getByLabel('Rate 1: price of delivery').fill(rate)
  await form.getByRole('button', { name: 'Save zone' }).press('Enter')
}
