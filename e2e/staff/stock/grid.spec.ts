import type { Page } from '@playwright/test'
import { expect, test } from '@/e2e/support/fixtures'
import type { Goods, Sellable } from '@/e2e/support/shop'

const rowOf = (page: Page, variant: Sellable, goods: Goods) =>
  page.getByRole('rowgroup', { name: variant.name }).getByRole('row', { name: goods.location.name })

const available = (page: Page, variant: Sellable, goods: Goods) =>
  rowOf(page, variant, goods).getByRole('gridcell').first()

test("one staff member's change shows to others and a shopper at once; undo reverts it for all", async ({
  visit,
  goods,
}) => {
  const [blue] = goods.variants
  const [ann, ben, shopper] = [await visit('stock'), await visit('manager'), await visit('shopper')]
  await shopper.goto(`/products/${goods.handle}`)
  for (const page of [ann, ben]) {
    await page.goto(`/staff?q=${blue.sku}`)
    await expect(page.getByRole('grid')).toBeVisible()
  }

  await rowOf(ann, blue, goods).getByRole('textbox').fill('-3')
  await ann.keyboard.press('Enter')
  await expect(ann.getByText(`−3 Correction: ${blue.name}, ${goods.location.name}.`)).toBeVisible()
  await expect(available(ben, blue, goods)).toHaveText('4')
  await expect(shopper.getByText('4 left')).toBeVisible()

  await ann.keyboard.press('Control+z')
  await expect(ann.getByText('Undone: −3 Correction')).toBeVisible()
  for (const page of [ann, ben]) await expect(available(page, blue, goods)).toHaveText('7')
  await expect(shopper.getByText('7 left')).toBeVisible()
})

test('the grid is walked with the keyboard alone', async ({ visit, goods }) => {
  const [blue, green] = goods.variants
  const page = await visit('stock')
  await page.goto(`/staff?q=${encodeURIComponent(goods.title)}&location=${goods.location.id}`)
  await expect(page.getByRole('grid')).toBeVisible()
  const numberOf = (variant: Sellable) => available(page, variant, goods).getByRole('link')

  await page.getByRole('link', { name: blue.name }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('checkbox', { name: `Select ${blue.name}` })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(numberOf(blue)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(numberOf(green)).toBeFocused()

  await page.keyboard.type('+5')
  await expect(rowOf(page, green, goods).getByRole('textbox')).toHaveValue('+5')
  await page.keyboard.press('Escape')
  await expect(rowOf(page, green, goods).getByRole('textbox')).toHaveValue('')
  await page.keyboard.press('Escape')
  await expect(numberOf(green)).toBeFocused()

  await page.keyboard.type('+5')
  await page.keyboard.press('Enter')
  await expect(numberOf(green)).toHaveText('12')
  await page.keyboard.press('ArrowUp')
  await expect(rowOf(page, blue, goods).getByRole('textbox')).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await expect(page.getByRole('checkbox', { name: 'Select all levels listed' })).toBeFocused()
})

test('many levels are changed at once: valid lines are saved, the others show the reason and stay selected', async ({
  visit,
  goods,
  sql,
}) => {
  const [blue, green] = goods.variants
  const page = await visit('stock')
  await page.goto(`/staff?q=${encodeURIComponent(goods.title)}`)
  await expect(page.getByRole('grid')).toBeVisible()
  const choose = (variant: Sellable, place: string) =>
    page.getByRole('checkbox', { name: `Select ${variant.name}, ${place}` }).check()
  await choose(blue, goods.location.name)
  await choose(green, goods.location.name)
  await choose(green, 'The workshop')
  const bar = page.getByRole('region', { name: 'Change selected levels' })

  await bar.getByRole('textbox', { name: 'Change in units' }).fill('-2')
  await bar.getByRole('textbox', { name: 'Note' }).fill('dropped by the courier')
  await bar.getByLabel('Reason').selectOption('Damaged')
  await bar.getByRole('button', { name: 'Apply to selected' }).press('Enter')

  await expect(bar.getByRole('listitem')).toHaveText(
    `${green.name}, The workshop: Nothing was saved: The workshop has no available units.`,
  )
  await expect(bar.getByText('1 level selected')).toBeVisible()
  for (const variant of [blue, green]) await expect(available(page, variant, goods)).toHaveText('5')
  const notes = await sql`select distinct note from public.stock_movements
    where location_id = ${goods.location.id} and reason = 'damage'`
  expect(notes.map(({ note }) => note)).toEqual(['dropped by the courier'])
  await page.getByRole('button', { name: 'Undo' }).click()
  for (const variant of [blue, green]) await expect(available(page, variant, goods)).toHaveText('7')
})

test('below a few rows, the offer to undo is at the foot of the window, and "Saved." goes with the change', async ({
  visit,
  goods,
}) => {
  const [blue] = goods.variants
  for (const viewport of [
    { width: 390, height: 844 },
    { width: 1280, height: 900 },
  ]) {
    const page = await visit('stock', { viewport })
    await page.goto(`/staff?q=${blue.sku}&location=${goods.location.id}`)
    await expect(page.getByRole('grid')).toBeVisible()
    const level = rowOf(page, blue, goods)
    await level.getByRole('textbox').first().fill('-2')
    await page.keyboard.press('Enter')
    await expect(level.getByText('Saved.')).toBeVisible()

    const box = await page.getByRole('region', { name: 'Last change' }).boundingBox()
    // At the end of the page its padding is below.
    const below = viewport.height - ((box?.y ?? 0) + (box?.height ?? 0))
    expect(below).toBeLessThanOrEqual(32)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText(/^Undone: −2/)).toBeVisible()
    await expect(level.getByText('Saved.')).toHaveCount(0)
  }
})

test('a filter is part of the address, and is restored from it', async ({ visit, goods }) => {
  const [blue, green] = goods.variants
  const page = await visit('viewer')
  await page.goto('/staff')
  await expect(page.getByRole('grid')).toBeVisible()

  await page.getByRole('searchbox').fill(green.sku)
  await expect(page.getByRole('rowgroup', { name: green.name })).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`q=${green.sku}`))
  await page.reload()
  await expect(page.getByRole('searchbox')).toHaveValue(green.sku)
  await expect(page.getByRole('rowgroup', { name: green.name })).toBeVisible()
  await expect(page.getByRole('rowgroup', { name: blue.name })).toHaveCount(0)

  await page.getByRole('link', { name: /^Sold out/ }).click()
  await expect(page.getByText('No variants match.')).toBeVisible()
  await expect(page.getByLabel('Shoppers see')).toHaveValue('out')
  await page.goBack()
  await expect(page.getByRole('rowgroup', { name: green.name })).toBeVisible()
})

test('the whole list is scrolled through, and only what is near the screen is drawn', async ({ visit }) => {
  const page = await visit('viewer', { viewport: { width: 390, height: 844 } })
  await page.goto('/staff')
  await expect(page.getByRole('grid')).toBeVisible()
  const drawn = page.getByRole('grid').getByRole('rowgroup')
  const first = (await drawn.nth(1).getAttribute('aria-label')) ?? ''

  await page.getByRole('link', { name: first }).focus()
  await expect(async () => {
    await page.keyboard.press('Control+End')
    await expect(page.getByText('Scroll for more variants')).toBeHidden({ timeout: 500 })
  }).toPass()
  await page.keyboard.press('Control+End')

  await expect(page.locator('[data-place]:focus-within')).toBeInViewport()
  await expect(page.getByRole('rowgroup', { name: first })).toHaveCount(0)
  expect(await drawn.count()).toBeLessThan(40)
  await page.keyboard.press('Control+Home')
  await expect(page.getByRole('rowgroup', { name: first })).toBeInViewport()
})
