import { expect } from '@/e2e/support/fixtures'
import { expectReadable } from '@/e2e/support/readable'
import { goToCheckout, placeOrder, test } from '@/e2e/support/shopping'

test('staff find a customer by the order, write a note and record a consent; a viewer only reads', async ({
  visit,
  onTheShelf,
}) => {
  const offer = await onTheShelf(3)
  const shopper = await visit('shopper')
  await goToCheckout(shopper, offer)
  const number = await placeOrder(shopper)
  const page = await visit('manager', { viewport: { width: 390, height: 844 } })

  await page.goto('/staff/customers')
  await page.getByRole('search').getByRole('searchbox').fill(String(number))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/q=\d+/)
  const row = page.getByRole('row').nth(1)
  await expect(row).toContainText('Guest')
  await expectReadable(page)
  await page.screenshot({ path: 'test-results/customers-390.png', fullPage: true })
  await row.getByRole('link').press('Enter')

  await expect(page.getByText('No notes.')).toBeVisible()
  await page.getByLabel('Note', { exact: true }).fill('Rings twice.\nNot on Mondays.')
  await page.getByRole('button', { name: 'Add note' }).press('Enter')
  const notes = page.getByRole('region', { name: 'Notes' })
  await expect(notes.getByText('Rings twice.')).toBeVisible()
  await expect(page.getByLabel('Note', { exact: true })).toHaveValue('')
  const advertising = page.getByRole('region', { name: 'Advertising' })
  await advertising.getByRole('button', { name: 'Record agreement' }).press('Enter')
  await expect(advertising.getByText(/^Agreed to advertising, recorded by staff/)).toBeVisible()
  await advertising.getByRole('button', { name: 'Record withdrawal' }).press('Enter')
  await expect(advertising.getByText(/^Does not want advertising, recorded by staff/)).toBeVisible()
  await expectReadable(page)
  await page.screenshot({ path: 'test-results/customer-390.png', fullPage: true })

  const viewer = await visit('viewer')
  await viewer.goto(page.url())
  await expect(viewer.getByText('Rings twice.')).toBeVisible()
  await expect(viewer.getByRole('button', { name: 'Add note' })).toHaveCount(0)
  await expect(viewer.getByRole('button', { name: 'Record agreement' })).toHaveCount(0)
  await viewer.screenshot({ path: 'test-results/customer-1440.png', fullPage: true })
  await viewer.getByRole('region', { name: 'Orders' }).getByRole('link').first().click()
  await expect(viewer.getByRole('heading', { level: 1 })).toContainText(String(number))
})
