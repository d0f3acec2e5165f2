import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from '@/e2e/support/fixtures'
import { expectReadable } from '@/e2e/support/readable'
import { changeInDatabase } from '@/e2e/support/shop'

/** The file that a button of a page saves. */
async function saved(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ])
  return readFile(await download.path(), 'utf8')
}

async function upload(page: Page, name: string, text: string): Promise<void> {
  await page.goto('/staff/import')
  const file = { name, mimeType: 'text/csv', buffer: Buffer.from(text) }
  await page.getByLabel('Product or inventory CSV').setInputFiles(file)
  await page.getByRole('button', { name: 'Preview changes' }).click()
  await expect(page.getByRole('heading', { name })).toBeVisible()
}

test('an inventory file is exported, edited while the shop trades, imported, and reverted', async ({
  visit,
  goods,
  sql,
}) => {
  const [blue] = goods.variants
  const manager = await visit('manager')
  const shopper = await visit('shopper')
  await shopper.goto(`/products/${goods.handle}`)
  await expect(shopper.getByText('7 left').first()).toBeVisible()

  // Seven on hand at the export; a recount makes it ten; two are gone before the import.
  await manager.goto('/staff/import')
  await manager.getByRole('combobox', { name: 'Location', exact: true }).selectOption(goods.location.name)
  const file = await saved(manager, 'Download inventory CSV')
  const written = file
    .split('\n')
    .map((line) => (line.includes(`,${blue.sku},`) ? line.replace(/,7,,(\d+)$/, ',7,10,$1') : line))
    .join('\n')
  expect(written).not.toBe(file)
  await changeInDatabase(sql, goods, blue, -2)
  await expect(shopper.getByText('5 left').first()).toBeVisible()
  await upload(manager, 'inventory.csv', written)

  const question = manager.getByRole('form', { name: `${blue.sku} at ${goods.location.name}` })
  await expect(question).toContainText(
    'The file says 10, exported when it was 7. It is 5 now, because a correction took 2.',
  )
  await expectReadable(manager)
  const difference = manager
    .getByRole('table', { name: 'All changes' })
    .getByRole('row', { name: ` ${blue.sku} ` })
  await question.getByRole('button', { name: 'Set to 10 (+5)' }).click()
  await expect(difference).toContainText('5 → 10 (+5)')
  await question.getByRole('button', { name: 'Add 3: make it 8' }).click()
  await expect(difference).toContainText('5 → 8 (+3)')
  await manager.getByRole('button', { name: 'Import 1 change' }).click()
  await expect(manager.getByText(/are in the ledger as import-\d+/)).toBeVisible()
  await expect(shopper.getByText('8 left').first()).toBeVisible()

  // A shopper buys six of the eight: of the three that were imported, two can still be reverted. That is shown first,
  // and then confirmed.
  await changeInDatabase(sql, goods, blue, -6)
  await manager.getByRole('button', { name: 'Revert import' }).click()
  await expect(manager.getByText('This would revert an earlier import')).toBeVisible()
  await expect(difference).toContainText('2 → 0 (−2)')
  await expect(manager.getByRole('table', { name: 'Not changed' })).toContainText('−2 of −3')
  await expectReadable(manager)
  await expect(shopper.getByText('2 left').first()).toBeVisible()
  await manager.getByRole('button', { name: 'Revert 1 change' }).click()
  await expect(manager.getByText('This reverted an earlier import')).toBeVisible()
  await expect(manager.getByRole('table', { name: 'Not reverted' })).toContainText('−2 of −3')
  await expect(shopper.getByText('Sold out').first()).toBeVisible()
  expect([...(await sql`select * from public.verify_inventory()`)]).toEqual([])
})

test('a viewer saves the products, and a manager who brings them back changes nothing', async ({
  visit,
  goods,
}) => {
  const viewer = await visit('viewer')
  const manager = await visit('manager')

  await viewer.goto('/staff/export')
  await expect(viewer.getByRole('button', { name: 'Download order CSV' })).toHaveCount(0)
  const refused = await viewer.request.get('/staff/export/orders.csv')
  expect(refused.headers()['content-type']).not.toContain('csv')
  const file = await saved(viewer, 'Download product CSV')
  const [heading, ...lines] = file.split('\n')
  const ours = lines.filter((line) => line.startsWith(`${goods.handle},`))
  expect(ours).toHaveLength(2)

  await upload(manager, 'products.csv', [heading, ...ours].join('\n'))
  await expect(manager.getByText('there is nothing to import')).toBeVisible()
  await manager.getByRole('button', { name: 'Discard' }).click()
  await upload(
    manager,
    'products.csv',
    [heading, ...ours].join('\n').replace(goods.title, `${goods.title} new`),
  )
  await manager.getByRole('button', { name: 'Import 1 change' }).click()
  await manager.getByRole('button', { name: 'Revert import' }).click()
  await expect(manager.getByText('Nothing has changed yet')).toBeVisible()
  await expect(manager.getByRole('table')).toContainText(`${goods.title} new → ${goods.title}`)
  await manager.getByRole('button', { name: 'Revert 1 change' }).click()
  await expect(manager.getByText('This reverted an earlier import')).toBeVisible()
})
