import type { Page } from '@playwright/test'
import { expect, test } from '@/e2e/support/fixtures'
import { changeInDatabase, type Goods, type Sellable } from '@/e2e/support/shop'

function countForm(page: Page, goods: Goods, variant: Sellable) {
  return page.getByRole('form', { name: `Count ${variant.name}, ${goods.location.name}` })
}

function onHand(page: Page, goods: Goods) {
  return page.getByRole('row', { name: goods.location.name }).getByRole('gridcell').nth(1)
}

test('a count sets the number', async ({ visit, goods }) => {
  const [blue] = goods.variants
  const page = await visit('stock')
  await page.goto(`/staff/variants/${blue.id}`)
  const form = countForm(page, goods, blue)

  await form.getByRole('textbox').fill('6')
  await page.keyboard.press('Enter')

  await expect(form.getByRole('status')).toHaveText('Saved.')
  await expect(onHand(page, goods)).toHaveText('6')
})

for (const { choice, becomes } of [
  { choice: 'Apply −1: make it 4', becomes: '4' },
  { choice: 'Set to 6', becomes: '6' },
]) {
  test(`when the number moved during a count, the person sees why and chooses: ${choice}`, async ({
    visit,
    goods,
    sql,
  }) => {
    const [blue] = goods.variants
    const page = await visit('stock')
    await page.goto(`/staff/variants/${blue.id}`)
    const form = countForm(page, goods, blue)
    await form.getByRole('textbox').focus()
    await changeInDatabase(sql, goods, blue, -2)
    await expect(form.getByText('It was 7 when you started.')).toBeVisible()
    await form.getByRole('textbox').fill('6')
    await page.keyboard.press('Enter')

    await expect(form.getByRole('alert')).toHaveText(
      'You saw 7, it is 5, because a correction took 2: apply −1, or set to 6?',
    )
    await expect(form.getByRole('listitem')).toContainText('−2 Correction')
    await form.getByRole('button', { name: choice }).click()

    await expect(form.getByRole('status')).toHaveText('Saved.')
    await expect(onHand(page, goods)).toHaveText(becomes)
  })
}

test('units move to another location at once', async ({ visit, goods }) => {
  const [blue] = goods.variants
  const page = await visit('stock')
  await page.goto(`/staff/variants/${blue.id}`)
  const form = page.getByRole('form', { name: 'Transfer units' })

  await form.getByLabel('Units').fill('3')
  await form.getByLabel('From').selectOption({ label: `${goods.location.name} (7 available)` })
  await expect(form.getByLabel('To').getByRole('option', { name: goods.location.name })).toBeDisabled()
  await form.getByLabel('To').selectOption({ index: 0 })
  await form.getByRole('button', { name: 'Transfer units' }).click()

  await expect(form.getByRole('status')).toHaveText('Saved.')
  await expect(onHand(page, goods)).toHaveText('4')
  const movements = page.getByRole('table', { name: 'Latest movements' })
  await expect(movements.getByText('−3')).toBeVisible()
  await expect(movements.getByText('+3')).toBeVisible()
})

test('a delivery is scanned in, and a code nobody knows stops all of it', async ({ visit, goods }) => {
  const [blue, green] = goods.variants
  const page = await visit('stock')
  await page.goto('/staff/receive')
  const form = page.getByRole('form', { name: 'Delivery', exact: true })
  await page.getByLabel('Arrived at').selectOption(goods.location.name)
  await page.getByLabel('Delivery note').fill('DN-100')
  await form.getByLabel('Line 1: SKU or barcode').focus()
  for (const typed of [blue.sku, '5', green.sku, '4', 'NO-SUCH-CODE', '1']) {
    await page.keyboard.type(typed)
    await page.keyboard.press('Enter')
  }

  await page.getByRole('button', { name: 'Receive delivery' }).click()
  await expect(form.getByRole('status').filter({ hasText: 'Line 3' })).toContainText('NO-SUCH-CODE')
  await form.getByLabel('Line 3: SKU or barcode').fill('')
  await form.getByLabel('Line 3: units').fill('')
  await page.getByRole('button', { name: 'Receive delivery' }).click()

  await expect(form.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible()
  await page.goto(`/staff/variants/${blue.id}`)
  await expect(onHand(page, goods)).toHaveText('12')
  await expect(page.getByRole('cell', { name: 'DN-100' })).toBeVisible()
})
