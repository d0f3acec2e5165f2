import { expect, test } from '@/e2e/support/fixtures'

test('the list is searched, narrowed and turned without JavaScript', async ({ visit, goods }) => {
  const page = await visit('viewer', { javaScriptEnabled: false })
  const [blue, green] = goods.variants
  await page.goto('/staff')
  const firstOnPage = await page.getByRole('table').getByRole('link').first().textContent()

  await page.getByRole('link', { name: 'Next variants' }).click()
  await expect(page.getByRole('table').getByRole('link').first()).not.toHaveText(firstOnPage ?? '')
  await page.getByRole('link', { name: 'Back to first page' }).click()
  await expect(page.getByRole('table').getByRole('link').first()).toHaveText(firstOnPage ?? '')

  await page.getByRole('searchbox').fill(`green ${goods.title}`)
  await page.getByLabel('Category').selectOption('Tests')
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(page.getByRole('rowgroup', { name: green.name })).toBeVisible()
  await expect(page.getByRole('rowgroup', { name: blue.name })).toHaveCount(0)

  await page.getByLabel('Shoppers see').selectOption('Sold out')
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(page.getByText('No variants match.')).toBeVisible()
})

test('choosing a location leaves its numbers alone in the list', async ({ visit, goods }) => {
  const page = await visit('viewer')
  await page.goto('/staff')

  await page.getByLabel('Location').selectOption(goods.location.name)

  await expect(page).toHaveURL(new RegExp(goods.location.id))
  await expect(page.getByRole('row', { name: goods.location.name })).toHaveCount(2)
  await expect(page.getByRole('row', { name: 'The workshop' })).toHaveCount(0)
})
