import { expect, test } from '@/e2e/support/fixtures'
import { changeInDatabase } from '@/e2e/support/shop'

test('a search reads plurals, makers and mistyped words, without JavaScript', async ({ visit }) => {
  const page = await visit('shopper', { javaScriptEnabled: false })
  const main = page.getByRole('main')
  await page.goto('/search')

  await main.getByRole('searchbox').fill('weverij blankets')
  await main.getByRole('button', { name: 'Search' }).click()
  await expect(main.getByRole('link', { name: 'Crossing Blanket' }).first()).toBeVisible()

  await main.getByRole('searchbox').fill('lantren')
  await main.getByRole('button', { name: 'Search' }).click()
  await expect(main.getByText('Nothing matches “lantren”. Results for “lantern”:')).toBeVisible()
  await expect(main.getByRole('link', { name: 'Yard Lantern' }).first()).toBeVisible()

  await main.getByRole('searchbox').fill('POUR-JUG-COBA')
  await main.getByRole('button', { name: 'Search' }).click()
  await expect(main.getByRole('link', { name: 'Pour Jug' }).first()).toBeVisible()

  await main.getByRole('searchbox').fill('lantern apron')
  await main.getByRole('button', { name: 'Search' }).click()
  await expect(main.getByText('No product has all the words of “lantern apron”.')).toBeVisible()
  await expect(main.getByRole('link', { name: 'Work Apron' }).first()).toBeVisible()
})

test('results are narrowed and sorted without JavaScript, and the address keeps it', async ({ visit }) => {
  const page = await visit('shopper', { javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  const main = page.getByRole('main')
  await page.goto('/search?q=stoneware')
  const found = await main.getByRole('heading', { level: 2 }).first().textContent()

  await main.getByText('Filter and sort').click()
  await main.getByLabel(/^Cobalt \(\d+\)/).check()
  await main.getByLabel('Sort by').selectOption('Price, highest first')
  await main.getByRole('button', { name: 'Show' }).click()
  await expect(page).toHaveURL(/q=stoneware.*choice=Glaze%3DCobalt/)
  await expect(main.getByRole('heading', { level: 2 }).first()).not.toHaveText(found ?? '')
  await expect(main.getByRole('listitem').getByRole('link').first()).toHaveText(/Belly Vase/)
  await expect(main.getByLabel(/^Cobalt \(\d+\)/)).toBeChecked()

  await main.getByLabel(/^Price from/).fill('1000')
  await main.getByRole('button', { name: 'Show' }).click()
  await expect(main.getByText('No products found.').first()).toBeVisible()
  await main.getByRole('link', { name: 'Clear filters' }).click()
  await expect(main.getByRole('heading', { level: 2 }).first()).toHaveText(found ?? '')
})

test('a search that is being typed suggests products, which the arrow keys and Enter open', async ({
  visit,
}) => {
  const page = await visit('shopper', { viewport: { width: 390, height: 844 } })
  await page.goto('/search')
  const field = page.getByRole('main').getByLabel('What are you looking for?')
  await field.focus()
  await expect(field).toHaveRole('combobox')

  await field.pressSequentially('lante')
  await expect(page.getByRole('option', { name: 'Yard Lantern' })).toBeVisible()
  await field.press('ArrowDown')
  await expect(page.getByRole('option', { selected: true })).toBeVisible()
  await field.press('Escape')
  await expect(page.getByRole('listbox')).toBeHidden()
  await expect(field).toHaveValue('lante')
  await field.press('ArrowDown')
  await field.press('Enter')
  await expect(page).toHaveURL(/\/products\//)
})

test('the field at the top of every page suggests products too', async ({ visit }) => {
  const page = await visit('shopper')
  await page.goto('/cart')
  const field = page.getByRole('banner').getByLabel('What are you looking for?')
  await field.focus()
  await expect(field).toHaveRole('combobox')

  await field.pressSequentially('lante')
  await page.getByRole('option', { name: 'Yard Lantern' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Yard Lantern' })).toBeVisible()
})

test('the number beside a filter changes when the last one sells', async ({ visit, goods, sql }) => {
  const page = await visit('shopper')
  await page.goto(`/search?q=${encodeURIComponent(goods.title)}`)
  await page.getByText('Filter and sort').click()
  await expect(page.getByLabel('In stock now (1)')).toBeVisible()

  for (const variant of goods.variants) await changeInDatabase(sql, goods, variant, -7)
  await expect(page.getByLabel('In stock now (0)')).toBeVisible()
  await changeInDatabase(sql, goods, goods.variants[0], 1)
  await expect(page.getByLabel('In stock now (1)')).toBeVisible()
})

test('categories and the home page have the filters of the search, without JavaScript', async ({
  visit,
  goods,
}) => {
  const page = await visit('shopper', { javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  await page.goto('/category/tests')
  await page.getByText('Filter and sort').click()
  await page.getByLabel('Sort by').selectOption('Newest')
  await page.getByLabel(/^Green/).check()
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page).toHaveURL(/\/category\/tests\?.*choice=Glaze%3DGreen/)
  await expect(page.getByRole('link', { name: goods.title }).first()).toBeVisible()

  await page.goto('/')
  await page.getByText('Filter and sort').click()
  await page.getByLabel('Category').selectOption('tests')
  await page.getByLabel('Sort by').selectOption('Few left')
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page).toHaveURL(/\/\?.*category=tests/)
  await expect(page.getByRole('link', { name: goods.title }).first()).toBeVisible()
  await page.getByRole('link', { name: 'Clear filters' }).click()
  await expect(page.getByRole('heading', { name: 'Browse categories' })).toBeVisible()
})
