import { expect, test } from '@/e2e/support/fixtures'

test('staff find a variant by keys alone, and open it', async ({ visit, goods }) => {
  const page = await visit('viewer')
  await page.goto('/staff/orders')
  const [blue] = goods.variants
  // A page that does not run yet hears no key; its button is disabled until it does.
  await expect(page.getByRole('button', { name: 'Find', exact: true })).toBeEnabled()
  await page.keyboard.press('/')
  const field = page.getByRole('combobox', { name: 'Order, product, SKU' })
  await expect(field).toBeFocused()
  await page.keyboard.type(blue.sku, { delay: 60 })
  await expect(page.getByRole('option', { name: new RegExp(`Variant ${goods.title}, Blue`) })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  const results = page.getByRole('listbox', { name: 'Results' })
  await expect(results.getByRole('option', { selected: true })).toContainText(blue.sku)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/staff/variants/${blue.id}`)
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('the finder starts tasks, says what it did not find, and lists the keys', async ({ visit }) => {
  const page = await visit('stock', { viewport: { width: 390, height: 844 } })
  await page.goto('/staff/orders')
  await page.getByRole('button', { name: 'Find', exact: true }).click()
  const field = page.getByRole('combobox', { name: 'Order, product, SKU' })
  await field.fill('qzxqzx')
  await expect(page.getByText('Nothing found.')).toBeVisible()
  await field.fill('rec del')
  await page.getByRole('option', { name: 'Receive a delivery' }).click()
  await expect(page).toHaveURL('/staff/receive')

  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('ControlOrMeta+k')
  await expect(field).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Find or start')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('a SKU is found by its product while a delivery is received', async ({ visit, goods }) => {
  const page = await visit('stock')
  await page.goto('/staff/receive')
  const form = page.getByRole('form', { name: 'Delivery', exact: true })
  const code = form.getByLabel('Line 1: SKU or barcode')
  await code.fill(`${goods.title} green`)
  await expect(code).toHaveRole('combobox')
  const [, green] = goods.variants
  await expect(form.locator('datalist option')).toHaveAttribute('value', green.sku)
})
