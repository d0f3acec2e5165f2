import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from '@/e2e/support/fixtures'
import { expectReadable } from '@/e2e/support/readable'

const HEADING = 'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty'

/** Uploads these lines as mugs.csv, for a location where one is named. */
async function upload(page: Page, lines: string[], location?: string) {
  await page.goto('/staff/import')
  const buffer = Buffer.from([HEADING, ...lines].join('\n'))
  await page
    .getByLabel('Product or inventory CSV')
    .setInputFiles({ name: 'mugs.csv', mimeType: 'text/csv', buffer })
  if (location) await page.getByLabel('Location for product quantities').selectOption(location)
  await page.getByRole('button', { name: 'Preview changes' }).click()
  await expect(page.getByRole('heading', { name: 'mugs.csv' })).toBeVisible()
}

test('a manager looks at a file, confirms it and finds it in the shop', async ({ visit, sql }) => {
  const handle = `mug-${randomUUID().slice(0, 8)}`
  const page = await visit('manager')

  await upload(page, [`${handle},Mug ${handle},,,,12.50,3`])
  await expect(page.getByRole('row', { name: `2 ${handle.toUpperCase()} ` })).toContainText('on hand: 3')
  await page.getByRole('button', { name: 'Import 2 changes' }).click()

  await expect(page.getByText(/are in the ledger as import-\d+/)).toBeVisible()
  const shopper = await visit('shopper')
  await shopper.goto(`/products/${handle}`)
  await expect(shopper.getByRole('heading', { name: `Mug ${handle}` })).toBeVisible()
  await expect(shopper.getByText('€12.50').first()).toBeVisible()
  await sql`update public.products set status = 'archived' where handle = ${handle}`
})

test('a question about a file is answered for all its cells before it is imported', async ({
  visit,
  sql,
}) => {
  const page = await visit('manager')
  const handle = `bulk-${randomUUID().slice(0, 8)}`

  await upload(page, [`${handle},Bulk,,,,9,22423`, `${handle}-2,Bulk two,,,,9,-1`])

  await expect(page.getByText('Stock below zero became 0 (once)')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Import/ })).toHaveCount(0)
  const question = page.getByRole('form', { name: 'Quantities of 10,000 and more' })
  await expect(question).toContainText('22423')
  await question.getByRole('button', { name: 'Leave the stock as it is' }).click()
  await page.getByRole('button', { name: /^Import/ }).click()
  await expect(page.getByText(/are in the ledger as import-\d+/)).toBeVisible()
  await sql`update public.products set status = 'archived' where handle like ${`${handle}%`}`
})

test('a file of 10,000 rows is judged by its kinds of problems', async ({ visit }) => {
  const page = await visit('manager')
  const lines = Array.from({ length: 10_000 }, (_, index) => `mug-${index},Mug,,,,${index}x,${-index}`)

  await upload(page, [...lines, 'jug,Jug,,,,9,many'])

  const table = page.getByRole('table', { name: 'Problems in this file' })
  await expect(table.getByRole('row')).toHaveCount(3)
  await expect(table.getByRole('row', { name: /^2 Variant Price 0x/ })).toContainText('10000 times')
  await expect(table.getByRole('row', { name: /^10002 Variant Inventory Qty many/ })).toBeVisible()
  await page.setViewportSize({ width: 390, height: 844 })
  await expectReadable(page)
})

test('a file with bad lines is refused line by line', async ({ visit }) => {
  const page = await visit('manager')

  await upload(page, ['mug,Mug,,,,cheap,3', 'bowl,Bowl,,,,9,few'])

  await expect(page.getByRole('row', { name: /^2 Variant Price cheap/ })).toContainText('is not a price')
  await expect(page.getByRole('row', { name: /^3 Variant Inventory Qty few/ })).toContainText('not a number')
  await expect(page.getByRole('button', { name: /^Import/ })).toHaveCount(0)
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(page.getByRole('heading', { name: 'Recent imports' })).toBeVisible()
})

test('stock that moves between the look and the yes is shown again before anything is imported', async ({
  visit,
  goods,
  sql,
}) => {
  const [blue] = goods.variants
  const page = await visit('manager')
  const line = `${goods.handle},${goods.title},Glaze,Blue,${blue.sku},20,10`
  await upload(page, [line], goods.location.name)
  const row = page.getByRole('row', { name: `2 ${blue.sku} ` })
  await expect(row).toContainText('7 → 10 (+3)')

  await sql`select public.adjust_stock(${blue.id}, ${goods.location.id}, -2, 'damage', ${randomUUID()})`
  await page.getByRole('button', { name: /^Import/ }).click()

  await expect(page.getByRole('status').filter({ hasText: 'changed since the preview' })).toBeVisible()
  await expect(row).toContainText('5 → 10 (+5)')
  await page.getByRole('button', { name: /^Import/ }).click()
  const ledgerNote = page.getByText(/are in the ledger as import-\d+/)
  await expect(ledgerNote).toBeVisible()
  const [document] = /import-\d+/.exec((await ledgerNote.textContent()) ?? '') ?? []

  // Every reference to its units leads back to it.
  const query = new URLSearchParams({ location: goods.location.id, quantity: 'on_hand' })
  await page.goto(`/staff/variants/${blue.id}/explain?${query}`)
  await expect(page.getByRole('link', { name: /^Imported, import-\d+$/ })).toBeVisible()
  await page.goto(`/staff/variants/${blue.id}`)
  await page.getByRole('link', { name: /^import-\d+$/ }).click()
  await expect(page.getByRole('heading', { name: 'mugs.csv' })).toBeVisible()

  // Two managers see the revert, and one of them cancels it: the other one sees that without a click.
  await page.getByRole('button', { name: 'Revert import…' }).click()
  const yes = page.getByRole('button', { name: /^Revert \d/ })
  await expect(yes).toBeVisible()
  const staffMember = await visit('manager')
  await staffMember.goto(page.url())
  await staffMember.getByRole('button', { name: 'Keep import' }).click()
  await expect(staffMember.getByRole('heading', { name: 'Recent imports' })).toBeVisible()
  await expect(
    page.getByText(/Robin the manager kept this import on .*\. Nothing was reverted/),
  ).toBeVisible()
  await expectReadable(page)
  await page.getByRole('link', { name: 'Open the import' }).click()

  // A manager who stayed at the list follows the import's status.
  await page.getByRole('button', { name: 'Revert import…' }).click()
  await expect(staffMember.getByText(`reverts ${document}, not confirmed yet`)).toBeVisible()
  await yes.click()
  await expect(page.getByText('This reverted an earlier import')).toBeVisible()
  await expect(staffMember.getByText(`reverted ${document}`, { exact: true })).toBeVisible()
})

test('a stock keeper is told that importing takes a manager', async ({ visit }) => {
  const page = await visit('stock')

  await page.goto('/staff/import')

  await expect(page.getByRole('heading', { name: 'You don’t have access' })).toBeVisible()
})
