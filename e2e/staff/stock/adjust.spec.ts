import { expect, test } from '@/e2e/support/fixtures'

test('stock is adjusted with the keyboard alone', async ({ visit, goods }) => {
  const [blue] = goods.variants
  const page = await visit('stock')
  await page.goto('/staff')

  await page.getByRole('searchbox').focus()
  await page.keyboard.type(blue.sku)
  const form = page.getByRole('form', { name: `Adjust ${blue.name}, ${goods.location.name}` })
  await expect(form).toBeVisible()
  await expect(page.getByRole('rowgroup', { name: goods.variants[1].name })).toBeHidden()
  await form.getByRole('textbox').focus()
  await page.keyboard.type('+3')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Ret')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')

  await expect(form.getByRole('status')).toHaveText('Saved.')
  await expect(form.getByRole('textbox')).toHaveValue('')
  await expect(form.getByRole('textbox')).toBeFocused()
  await page.goto(`/staff/variants/${blue.id}`)
  const latest = page.getByRole('table', { name: 'Latest movements' }).getByRole('row').nth(1)
  await expect(latest).toContainText('+3')
  await expect(latest).toContainText('Returned')
  await expect(latest).toContainText('Robin the stock')
})

test('taking more than there is shows at once, is refused in words, and is undone', async ({
  visit,
  goods,
}) => {
  const [blue] = goods.variants
  const page = await visit('stock')
  await page.goto(`/staff?q=${blue.sku}`)
  const form = page.getByRole('form', { name: `Adjust ${blue.name}, ${goods.location.name}` })
  const available = page.getByRole('row', { name: goods.location.name }).getByRole('gridcell').first()
  await expect(page.getByRole('grid')).toBeVisible()

  let answer = () => {}
  await page.route('**/staff?*', async (route) => {
    if (route.request().postData()?.includes('delta'))
      await new Promise<void>((resolve) => {
        answer = resolve
      })
    await route.continue()
  })
  await form.getByRole('textbox').fill('-9')
  await page.keyboard.press('Enter')
  await expect(available).toHaveText('-2')
  await expect(form.getByRole('status')).toHaveText('Saving…')
  answer()

  await expect(form.getByRole('status')).toContainText(`${goods.location.name} has only 7 units available`)
  await expect(available).toHaveText('7')
  await expect(form.getByRole('textbox')).toHaveValue('-9')
})

test('a viewer sees every number and nothing to change it with', async ({ visit, goods }) => {
  const [blue] = goods.variants
  const page = await visit('viewer')

  await page.goto(`/staff?q=${blue.sku}`)
  await expect(page.getByRole('row', { name: goods.location.name }).getByRole('gridcell').first()).toHaveText(
    '7',
  )
  await expect(page.getByRole('form', { name: /Adjust/ })).toHaveCount(0)
  await page.goto(`/staff/variants/${blue.id}`)
  await expect(page.getByRole('heading', { name: 'Movements' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Count' })).toHaveCount(0)

  await page.goto('/staff/receive')
  await expect(page.getByRole('heading', { name: 'You don’t have access' })).toBeVisible()
})

test('safety stock is set on the page of a variant, and is not for sale', async ({ visit, goods }) => {
  const [blue] = goods.variants
  const shopper = await visit('shopper')
  await shopper.goto(`/products/${goods.handle}`)
  await expect(shopper.getByText('7 left').first()).toBeVisible()
  const page = await visit('stock')
  await page.goto(`/staff/variants/${blue.id}`)
  const form = page.getByRole('form', { name: `Safety stock: ${blue.name}, ${goods.location.name}` })

  await form.getByRole('textbox').fill('2')
  await page.keyboard.press('Enter')
  await expect(form.getByText('Saved.')).toBeVisible()
  await expect(form).toContainText('2 not for sale')
  await expect(shopper.getByText('5 left').first()).toBeVisible()

  await form.getByRole('textbox').fill('8')
  await page.keyboard.press('Enter')
  await expect(form.getByRole('status')).toContainText('Nothing was saved')
  await form.getByRole('textbox').fill('0')
  await page.keyboard.press('Enter')
  await expect(shopper.getByText('7 left').first()).toBeVisible()
})
