import { randomUUID } from 'node:crypto'
import { addStaff, endAccess, makeAccount } from '@/e2e/support/accounts'
import { expect, test } from '@/e2e/support/fixtures'
import { keysOn, phone } from '@/e2e/support/keys'
import { changeInDatabase } from '@/e2e/support/shop'

test('a product that two staff members edit is saved by keys, at phone width', async ({
  visit,
  goods,
  sql,
}) => {
  const page = await visit('manager', { ...phone, colorScheme: 'dark' })
  const { tabTo, press, type, expectToBeSomewhere } = keysOn(page)
  const save = page.getByRole('button', { name: 'Save', exact: true })
  await page.goto('/staff/products')
  await type('searchbox', /^Title, option/, goods.title)
  await expect(page.getByRole('listitem').filter({ hasText: goods.title })).toBeVisible()
  await press('link', goods.title)
  await expect(page.getByRole('heading', { level: 1, name: goods.title })).toBeFocused()

  // Both rename it, and the other one is first.
  await type('textbox', 'Title', `${goods.title}, tall`)
  await type('textbox', 'Price, EUR', '39')
  await sql`update public.products set title = ${`${goods.title}, round`} where id = ${goods.productId}`
  await expect(page.getByText(/changed this to/)).toBeVisible()
  await press('button', 'Save')
  await expect(page.getByRole('heading', { name: 'This product was changed' })).toBeFocused()
  await expectToBeSomewhere()
  await tabTo('radio', /^Yours.*tall$/)
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Confirm the new price' })).toBeFocused()
  await press('button', 'Save with this price')
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible()
  await expect(save).toBeFocused()
})

test('pictures and options of a product are edited and discarded by keys, at phone width', async ({
  visit,
  goods,
}) => {
  const page = await visit('manager', { ...phone, colorScheme: 'dark' })
  const { tabTo, press, choose } = keysOn(page)
  await page.goto(`/staff/products?q=${encodeURIComponent(goods.title)}`)
  await press('link', goods.title)
  await expect(page.getByRole('heading', { level: 1, name: goods.title })).toBeFocused()
  await tabTo('textbox', 'Add image by URL')
  for (const name of ['apron', 'armchair']) {
    await page.keyboard.type(`/art/${name}.svg`)
    await page.keyboard.press('Enter')
  }
  await press('button', 'Move picture 2 up')
  await expect(page.getByRole('button', { name: 'Move picture 1 up' })).toBeFocused()
  await press('summary', 'Options: Glaze')
  await press('button', 'Add an option')
  await expect(page.getByRole('textbox', { name: 'Option 2', exact: true })).toBeFocused()
  await page.keyboard.type('Size')
  await choose('Status', 'Archived')
  await press('button', 'Discard changes')
  await expect(page.getByText('All changes saved.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeFocused()
})

test('a file is imported and reverted, and another discarded, by keys, at phone width', async ({
  visit,
  goods,
}) => {
  const [blue] = goods.variants
  const page = await visit('manager', phone)
  const { tabTo, press, choose, expectToBeSomewhere } = keysOn(page)

  // A file is imported and reverted; another is previewed and dropped.
  for (const units of [9, 10]) {
    await page.goto('/staff/import')
    await tabTo('button', 'Product or inventory CSV, up to 20 MB')
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')])
    const lines = [
      'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty',
      `${goods.handle},${goods.title},Glaze,Blue,${blue.sku},42,${units}`,
    ]
    await chooser.setFiles({ name: 'jugs.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) })
    await choose('Location for product quantities', goods.location.name)
    await press('button', 'Preview changes')
    await expect(page.getByRole('heading', { level: 1, name: 'jugs.csv' })).toBeVisible()
    if (units === 10) continue
    await press('button', /^Import /)
    await expect(page.getByText(/are in the ledger as import-/)).toBeVisible()
    await expectToBeSomewhere()
    await press('button', 'Revert import…')
    await press('button', /^Revert \d/)
    await expect(page.getByText(/^Reverted\./)).toBeVisible()
    await expectToBeSomewhere()
  }
  await press('button', 'Discard')
  await expect(page.getByRole('heading', { name: 'Recent imports' })).toBeVisible()
  await tabTo('button', 'Download product CSV')
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  expect(file.suggestedFilename()).toMatch(/csv$/)
})

test('an alert is assigned and snoozed by keys, at phone width', async ({ visit, goods, sql }) => {
  const [blue] = goods.variants
  const page = await visit('manager', phone)
  const { tabTo, expectToBeSomewhere } = keysOn(page)

  // Twelve units without a source raise the alert.
  await changeInDatabase(sql, goods, blue, 12)
  await page.goto('/staff/dashboard')
  await tabTo('slider', /^Select a/)
  await page.keyboard.press('Home')
  const alert = page.getByRole('listitem').filter({ hasText: goods.title })
  const atAlert = keysOn(page, alert)
  await expect(alert).toContainText('+12 units')
  await atAlert.press('button', 'Take alert')
  await expect(alert).toContainText('You own this alert')
  await expectToBeSomewhere()
  await atAlert.press('summary', 'Assign or snooze')
  await atAlert.choose('Snooze for', 'a day')
  await atAlert.press('button', 'Snooze')
  await expect(alert).toContainText('snoozed until')
  await expectToBeSomewhere()
  await sql`select public.recount_stock(${blue.id}, ${goods.location.id}, 19, 18, ${randomUUID()})`
  await expect(alert).toHaveCount(0)
  await expectToBeSomewhere()
})

test('a staff member is invited, looked up and removed by keys, at phone width', async ({
  visit,
  goods,
  sql,
}) => {
  const tag = randomUUID().slice(0, 8)
  const [name, guest] = [`Noor ${tag}`, `Ilse ${tag}`]
  const account = await makeAccount()
  await addStaff(sql, account, 'stock', name)
  const page = await visit('manager', { ...phone, colorScheme: 'dark' })
  const { tabTo, press, type, choose, expectToBeSomewhere } = keysOn(page)

  // The link of an invitation is there to be copied, once.
  await page.goto('/staff/people')
  await type('textbox', 'Name', guest)
  await type('textbox', 'E-mail', `ilse-${tag}@onhand.test`)
  await tabTo('checkbox', goods.location.name)
  await page.keyboard.press('Space')
  await press('button', 'Create invitation')
  await expect(page.getByRole('textbox', { name: 'Link' })).toBeFocused()
  await expectToBeSomewhere()
  await press('button', `Cancel the invitation of ${guest}`)
  await expect(page.getByText('The invitation is cancelled')).toBeVisible()
  await expectToBeSomewhere()

  // A staff member loses rights, and is signed out.
  await press('link', name)
  await expect(page.getByRole('heading', { level: 1, name })).toBeFocused()
  await choose('Role', 'viewer: can view everything')
  await press('button', 'Save')
  await expect(page.getByText('viewer, here since')).toBeVisible()
  await expectToBeSomewhere()
  await press('button', 'Sign out everywhere')
  await expect(page.getByText('Last used on')).toBeVisible()
  await expectToBeSomewhere()

  // The actor of that.
  await page.goto('/staff/audit')
  await type('searchbox', 'Name, number or SKU', tag)
  await choose('Subject', 'Invitation')
  await press('button', 'Search')
  await expect(page.getByText(`created invitation ilse-${tag}@onhand.test`)).toBeVisible()
  await expectToBeSomewhere()
  await endAccess(sql, account)
})
