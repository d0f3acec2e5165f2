import { expect, test } from '@/e2e/support/fixtures'
import { changeInDatabase } from '@/e2e/support/shop'

test('a change by staff shows in a shopper’s open pages', async ({ visit, goods }) => {
  const [blue] = goods.variants
  const product = await visit('shopper')
  const list = await visit('shopper')
  const staff = await visit('stock')
  await product.goto(`/products/${goods.handle}`)
  await list.goto(`/search?q=${encodeURIComponent(goods.title)}`)
  await expect(product.getByText('7 left')).toBeVisible()
  await expect(list.getByText('14 left')).toBeVisible()

  await staff.goto(`/staff?q=${blue.sku}`)
  const form = staff.getByRole('form', { name: `Adjust ${blue.name}, ${goods.location.name}` })
  await form.getByRole('textbox').fill('-3')
  await form.getByRole('button', { name: 'Apply' }).click()

  await expect(form.getByRole('status')).toHaveText('Saved.')
  await expect(product.getByText('4 left')).toBeVisible()
  await expect(list.getByText('11 left')).toBeVisible()
})

test('a change by no browser at all arrives as well, on staff and shop pages', async ({
  visit,
  goods,
  sql,
}) => {
  const [blue] = goods.variants
  const product = await visit('shopper')
  const staff = await visit('viewer')
  await product.goto(`/products/${goods.handle}`)
  await staff.goto(`/staff/variants/${blue.id}`)
  await expect(product.getByText('7 left')).toBeVisible()
  const cellar = staff.getByRole('row', { name: goods.location.name }).first()
  await expect(cellar).toContainText('7')

  await changeInDatabase(sql, goods, blue, -7)

  await expect(product.getByText('Sold out').first()).toBeVisible()
  await expect(staff.getByRole('table', { name: 'Latest movements' }).getByText('−7')).toBeVisible()
  await expect(staff.getByText('Sold out')).toBeVisible()
  const quantity = product.getByLabel('Quantity')
  await expect(quantity).toBeDisabled()

  await changeInDatabase(sql, goods, blue, 2)
  await expect(quantity).toBeEnabled()
})

test('two staff members adjust at once and both count', async ({ visit, goods }) => {
  const [blue] = goods.variants
  const pages = [await visit('stock'), await visit('manager')]
  const forms = []
  for (const page of pages) {
    await page.goto(`/staff?q=${blue.sku}`)
    const form = page.getByRole('form', { name: `Adjust ${blue.name}, ${goods.location.name}` })
    await form.getByRole('textbox').fill('+5')
    forms.push(form)
  }

  await Promise.all(forms.map((form) => form.getByRole('button', { name: 'Apply' }).click()))

  for (const page of pages) {
    await expect(
      page.getByRole('rowgroup', { name: blue.name }).getByText('17', { exact: true }).first(),
    ).toBeVisible()
  }
})
