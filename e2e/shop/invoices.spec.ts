import { expect } from '@/e2e/support/fixtures'
import { expectReadable } from '@/e2e/support/readable'
import { goToCheckout, test } from '@/e2e/support/shopping'

test('a buyer who has paid prints the invoice, and staff see the same', async ({
  page,
  visit,
  onTheShelf,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await goToCheckout(page, await onTheShelf(1))
  await page.getByLabel('Pay online now').check()
  await page.getByRole('button', { name: /^Place order/ }).click()
  await page.getByRole('button', { name: /^Pay €/ }).click()
  await page.getByRole('link', { name: 'Invoice', exact: true }).click()

  const sheet = page.getByRole('article', { name: /^Invoice \d+$/ })
  await expect(sheet.getByText('Total, tax included')).toBeVisible()
  await expectReadable(page)
  await page.screenshot({ path: 'test-results/invoice-390.png', fullPage: true })
  const title = (await sheet.getAttribute('aria-label')) ?? ''
  const address = new URL(page.url()).pathname
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
  await expect(page.getByRole('contentinfo')).toBeHidden()
  await page.setViewportSize({ width: 794, height: 1123 })
  await page.screenshot({ path: 'test-results/invoice-print.png', fullPage: true })

  const desk = await visit('viewer')
  await desk.goto(`/staff${address}`)
  await expect(desk.getByRole('article', { name: title })).toBeVisible()
  await expectReadable(desk)
})
