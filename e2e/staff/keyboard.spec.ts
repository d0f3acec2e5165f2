import type { Page } from '@playwright/test'
import { expect, test } from '@/e2e/support/fixtures'
import { keysOn, phone } from '@/e2e/support/keys'
import { changeInDatabase, type Sellable } from '@/e2e/support/shop'

const available = (page: Page, { name }: Sellable) =>
  page.getByRole('rowgroup', { name }).getByRole('gridcell').first()

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

test('numbers are found, changed, explained and undone by keys, at phone width', async ({ visit, goods }) => {
  const [blue, green] = goods.variants
  const page = await visit('stock', phone)
  const { tabTo, press, type, choose, expectToBeSomewhere } = keysOn(page)
  await page.goto('/staff')
  await expect(page.getByRole('grid')).toBeVisible()

  // Found.
  await press('link', 'Skip to the content')
  await type('searchbox', /^Title/, goods.title)
  await expect(page.getByRole('grid').getByRole('rowgroup')).toHaveCount(3)
  await choose('Location', goods.location.name)
  for (const variant of [blue, green]) await expect(available(page, variant)).toHaveText('7')
  await expect(page.getByRole('gridcell')).toHaveCount(12)

  // Changed, and undone.
  await tabTo('link', blue.name)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type('-3')
  await choose(/^Reason: .*Blue/, 'Damaged')
  await press('button', 'Apply')
  await expect(available(page, blue)).toHaveText('4')
  await press('button', 'Undo')
  await expect(available(page, blue)).toHaveText('7')
  await expect(page.getByText('Undone: −3 Damaged')).toBeVisible()
  await expectToBeSomewhere()

  // Explained, now and as it was; then the focus is where it was.
  await tabTo('textbox', /^Change in units: .*Blue/, 'Shift+Tab')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Available' })
  await expect(dialog.getByRole('row', { name: 'Available now' })).toContainText('7')
  await press('link', 'On hand')
  await expect(page.getByRole('heading', { name: 'On hand' })).toBeFocused()
  await expect(page.getByRole('row', { name: 'On hand now' })).toContainText('7')
  await press('button', 'View earlier stock')
  await expect(page.getByRole('row', { name: /On hand on/ })).toBeVisible()
  await expectToBeSomewhere()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(available(page, blue).getByRole('link')).toBeFocused()

  // Two at once.
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await type('textbox', 'Change in units at each', '-2')
  await page.keyboard.press('Enter')
  for (const variant of [blue, green]) await expect(available(page, variant)).toHaveText('5')
  await expect(
    page.getByRole('checkbox', { name: `Select ${green.name}, ${goods.location.name}` }),
  ).toBeFocused()
  await page.keyboard.press('ControlOrMeta+z')
  for (const variant of [blue, green]) await expect(available(page, variant)).toHaveText('7')
})

test('a number that moves during a recount is set by keys, at phone width', async ({ visit, goods, sql }) => {
  const [blue] = goods.variants
  const page = await visit('stock', phone)
  const { tabTo, press, expectToBeSomewhere } = keysOn(page)
  await page.goto(`/staff?q=${encodeURIComponent(goods.title)}`)
  await expect(page.getByRole('grid')).toBeVisible()
  await press('link', blue.name)
  await expect(heading(page, blue.name)).toBeFocused()
  await tabTo('textbox', `Counted: ${blue.name}, ${goods.location.name}`)
  await changeInDatabase(sql, goods, blue, -2)
  await expect(page.getByText('It was 7 when you started.')).toBeVisible()
  await page.keyboard.type('6')
  await page.keyboard.press('Enter')
  await expect(page.getByText('You saw 7, it is 5, because a correction took 2')).toBeVisible()
  await expectToBeSomewhere()
  await press('button', 'Set to 6')
  await expect(page.getByRole('status').filter({ hasText: /^Saved\.$/ })).toBeVisible()
  await expectToBeSomewhere()
})

const line = (page: Page, { name }: Sellable) => page.getByRole('listitem', { name })

/** A scanner is a keyboard, and so is a keyboard. */
async function scan(page: Page, { sku }: Sellable, units: number): Promise<void> {
  await page.keyboard.type(sku)
  await page.keyboard.press('Enter')
  await page.keyboard.type(String(units))
  await page.keyboard.press('Enter')
}

test('a delivery is received by keys, at phone width', async ({ visit, goods }) => {
  const [blue, green] = goods.variants
  const page = await visit('manager', { ...phone, colorScheme: 'dark' })
  const { tabTo, press, type, choose, expectToBeSomewhere } = keysOn(page)

  // Announced: four blue, three green.
  await page.goto('/staff/receive')
  await type('textbox', 'Supplier', 'Ilse Verbrugge')
  await choose('To', goods.location.name)
  await tabTo('textbox', 'Reference (optional)')
  await page.keyboard.press('Enter')
  await scan(page, blue, 4)
  await scan(page, green, 3)
  await press('button', 'Create delivery or transfer')
  await expect(heading(page, /^Delivery \d+$/)).toBeFocused()

  // Five blue come, and two green.
  await tabTo('textbox', 'SKU or barcode')
  await scan(page, green, 2)
  await expect(line(page, green)).toContainText('Received2')
  await scan(page, blue, 5)
  await expect(page.getByText('1 unit more than expected')).toBeVisible()
  await choose('If more arrive than expected', 'more than expected')
  await press('button', 'Receive')
  await expect(line(page, blue)).toContainText('1 more than expected')
  await choose(`Why ${green.name} is short`, 'not sent')
  await press('button', 'Close delivery')
  await expect(page.getByText('This delivery is closed.')).toBeVisible()
  await expectToBeSomewhere()
})

test('a shelf is counted by keys, at phone width', async ({ visit, goods, sql }) => {
  const [blue] = goods.variants
  const page = await visit('manager', { ...phone, colorScheme: 'dark' })
  const { tabTo, press, type, choose, expectToBeSomewhere } = keysOn(page)

  // Seven blue are on the shelf in the ledger; six are found.
  await page.goto('/staff/counts')
  await choose('Location', goods.location.name)
  await type('textbox', 'Shelf (optional)', 'Top shelf')
  await page.keyboard.press('Enter')
  await expect(heading(page, /^Count \d+$/)).toBeFocused()
  await sql`update public.counts set slack = '0' where id = ${page.url().split('/').at(-1) ?? ''}`
  await tabTo('textbox', 'SKU or barcode')
  await scan(page, blue, 6)
  await scan(page, blue, 3)
  await expect(line(page, blue)).toContainText('Counted9')
  await press('button', /^undo ?: 3 /)
  await expect(line(page, blue)).toContainText('Counted6')
  await expectToBeSomewhere()
  await press('button', 'Approve count')
  await expect(page.getByRole('button', { name: 'Reverse count' })).toBeVisible()
  await expectToBeSomewhere()
  await press('button', 'Reverse count')
  await expect(page.getByRole('button', { name: 'Reverse count' })).toHaveCount(0)
  await expectToBeSomewhere()
})

test('units are transferred by keys, at once and by a delivery, at phone width', async ({
  visit,
  goods,
  sql,
}) => {
  const [blue] = goods.variants
  const [first] = await sql`select name from public.locations where active order by position, id limit 1`
  const page = await visit('stock', phone)
  const { tabTo, press, type, choose, expectToBeSomewhere } = keysOn(page)

  // Three are transferred at once.
  await page.goto(`/staff/variants/${blue.id}`)
  await type('textbox', 'Units', '3')
  await choose('From', `${goods.location.name} (7 available)`)
  await choose('To', first?.name)
  await press('button', 'Transfer units')
  await expect(page.getByRole('status').filter({ hasText: /^Saved\.$/ })).toBeVisible()
  const levels = page.getByRole('row', { name: goods.location.name })
  await expect(levels.getByRole('gridcell').first()).toHaveText('4')
  await expectToBeSomewhere()

  // Two are sent, and received.
  await page.goto('/staff/receive')
  await choose('From', `${goods.location.name} (leaves now)`)
  await choose('To', first?.name)
  await tabTo('textbox', 'Reference (optional)')
  for (const typed of ['', blue.sku, '2']) {
    await page.keyboard.type(typed)
    await page.keyboard.press('Enter')
  }
  await press('button', 'Create delivery or transfer')
  await expect(heading(page, /^Transfer \d+$/)).toBeFocused()
  await tabTo('textbox', 'SKU or barcode')
  for (const typed of [blue.sku, '2']) {
    await page.keyboard.type(typed)
    await page.keyboard.press('Enter')
  }
  await expect(page.getByRole('listitem', { name: blue.name })).toContainText('Received2')
  await press('button', 'Close delivery')
  await expect(page.getByText('This delivery is closed.')).toBeVisible()
  await expectToBeSomewhere()
})
