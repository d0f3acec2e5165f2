import { expect } from '@/e2e/support/fixtures'
import { expectReadable } from '@/e2e/support/readable'
import { type Offer, test } from '@/e2e/support/shopping'

const sku = ({ path }: Offer) => `MUG-${path.slice('/products/mug-'.length)}-Chalk`

test('a walk-in customer buys by scanner: scanned, paid, handed over, with a receipt', async ({
  visit,
  onTheShelf,
}) => {
  const offer = await onTheShelf(2)
  const page = await visit('stock')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/staff')
  await page.getByRole('link', { name: 'Counter' }).click()
  await expect(page.getByText('No items yet. Scan the first one.')).toBeVisible()
  await expectReadable(page)

  // A scanner is a keyboard, and does not wait for an answer.
  const scan = page.getByRole('form', { name: 'Scan items' })
  await scan.getByRole('textbox').focus()
  await page.keyboard.type('SOMETHING-ELSE')
  await page.keyboard.press('Enter')
  await expect(scan.getByText('No item has the code or name “SOMETHING-ELSE”.')).toBeVisible()
  for (let scans = 0; scans < 3; scans += 1) {
    await page.keyboard.type(sku(offer))
    await page.keyboard.press('Enter')
  }
  await expect(page.getByText('Only 2 available here. Other units are reserved or sold.')).toBeVisible()
  await page.getByRole('button', { name: `One less: ${offer.title}, Chalk` }).click()
  await expect(page.getByText(/^Only 2 available/)).toHaveCount(0)
  await expectReadable(page)
  await page.screenshot({ path: 'test-results/counter-390.png', fullPage: true })

  await page.getByRole('button', { name: 'Take €25.00 by card' }).click()
  await expect(page.getByText(/^Order \d+ is paid and handed over: €25\.00\.$/)).toBeVisible()
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.screenshot({ path: 'test-results/counter-sold-1440.png', fullPage: true })
  await page.getByRole('link', { name: 'Print receipt' }).click()
  const receipt = page.getByRole('article', { name: 'Receipt' })
  await expect(receipt.getByText('Paid by card')).toBeVisible()
  await expect(receipt).toContainText(`${offer.title}, Chalk`)
  await page.screenshot({ path: 'test-results/receipt-1440.png', fullPage: true })
})
