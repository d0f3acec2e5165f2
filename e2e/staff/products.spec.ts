import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { addStaff, endAccess, makeAccount } from '@/e2e/support/accounts'
import { expect, signIn, test as staff } from '@/e2e/support/fixtures'
import { addPhoto, expectPhoto } from '@/e2e/support/photos'
import { expectReadable } from '@/e2e/support/readable'

// Fields are found by role, because a page that was left by a link stays in the document, hidden.

const test = staff.extend<{ ada: Page }>({
  /** A second manager, signed in. */
  ada: async ({ visit, sql }, use) => {
    const account = await makeAccount()
    await addStaff(sql, account, 'manager', 'Ada Byron')
    const page = await visit('shopper')
    await signIn(page, account)
    await expect(page.getByRole('heading', { name: 'Inventory' })).toBeVisible()
    await use(page)
    await endAccess(sql, account)
  },
})

test('two managers edit one product, see each other, and lose nothing of what either typed', async ({
  visit,
  ada,
  goods,
  sql,
}) => {
  const [robin, shopper] = [await visit('manager'), await visit('shopper')]
  const [taller, rounder] = [`${goods.title}, tall`, `${goods.title}, round`]
  await shopper.goto(`/products/${goods.handle}`)
  await expect(shopper.getByText('€42.00').first()).toBeVisible()

  // Found by what it is called, and opened by both.
  await robin.goto('/staff/products')
  await robin.getByRole('searchbox').fill(goods.title)
  await robin.keyboard.press('Enter')
  await robin.getByRole('link', { name: goods.title }).click()
  await ada.goto(`/staff/products/${goods.productId}`)
  await expect(robin.getByText('Also here: Ada Byron')).toBeVisible()
  await robin.getByRole('textbox', { name: 'Title' }).focus()
  await expect(ada.getByText('Robin the manager is editing here')).toBeVisible()

  // Both rename it, and Ada is first. What Robin has not touched follows her.
  await robin.getByRole('textbox', { name: 'Title' }).fill(taller)
  const blue = robin.getByRole('group', { name: /^Blue/ })
  await blue.getByRole('textbox', { name: 'Price, EUR' }).fill('39')
  await ada.getByRole('textbox', { name: 'Title' }).fill(rounder)
  await ada.getByRole('textbox', { name: 'Vendor' }).fill('Ilse Verbrugge')
  await ada.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(ada.getByText('Saved.', { exact: true })).toBeVisible()
  await expect(robin.getByText(`Ada Byron changed this to ${rounder}`)).toBeVisible()
  await expect(robin.getByRole('textbox', { name: 'Vendor' })).toHaveValue('Ilse Verbrugge')
  await expect(robin.getByRole('textbox', { name: 'Title' })).toHaveValue(taller)

  // Saving asks which title it shall be; the price is nobody's but Robin's.
  await robin.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(robin.getByRole('heading', { name: 'This product was changed' })).toBeFocused()
  const title = robin.getByRole('group', { name: /^Title/ })
  await expect(title).toContainText('You both changed this')
  await expect(title.getByRole('radio', { checked: true })).toHaveCount(0)
  const price = robin.getByRole('group', { name: /^Price, Blue/ })
  await expect(price.getByRole('radio', { name: /Yours/ })).toBeChecked()
  await title.getByRole('radio', { name: /Yours/ }).focus()
  await robin.keyboard.press('Space')
  await robin.keyboard.press('Enter')

  // A price is confirmed before shoppers see it.
  await expect(robin.getByRole('heading', { name: 'Confirm the new price' })).toBeFocused()
  await expect(robin.getByText('€42.00 → €39.00, −7.1 %')).toBeVisible()
  await robin.getByRole('button', { name: 'Save with this price' }).focus()
  await robin.keyboard.press('Enter')
  await expect(robin.getByText('Saved.', { exact: true })).toBeVisible()
  await expect(ada.getByRole('textbox', { name: 'Title' })).toHaveValue(taller)
  await expect(ada.getByText(/Robin the manager changed Title and Price, Blue/)).toBeVisible()
  await shopper.reload()
  await expect(shopper.getByRole('heading', { level: 1, name: taller })).toBeVisible()
  await expect(shopper.getByText('€39.00').first()).toBeVisible()

  const [now] = await sql`select title, vendor from public.products where id = ${goods.productId}`
  expect(now).toEqual({ title: taller, vendor: 'Ilse Verbrugge' })
  expect([...(await sql`select * from private.inventory_drift()`)]).toEqual([])
})

test('unsaved edits survive a reload, and meet a later save as a question', async ({
  visit,
  ada,
  goods,
  sql,
}) => {
  const robin = await visit('manager')
  for (const page of [robin, ada]) await page.goto(`/staff/products/${goods.productId}`)
  await expect(robin.getByText('Also here: Ada Byron')).toBeVisible()

  // They can be discarded.
  await robin.getByRole('textbox', { name: 'Tags' }).fill('tall, blue')
  await expect(robin.getByText('1 unsaved change, stored on this device')).toBeVisible()
  await robin.reload()
  await expect(robin.getByText(/are restored/)).toBeVisible()
  await expect(robin.getByRole('textbox', { name: 'Tags' })).toHaveValue('tall, blue')
  await robin.getByRole('button', { name: 'Discard them' }).click()
  await expect(robin.getByRole('textbox', { name: 'Tags' })).toHaveValue('')

  // A draft older than another staff member's save opens as the question.
  await robin.getByRole('textbox', { name: 'Tags' }).fill('tall')
  await expect(robin.getByText('1 unsaved change, stored on this device')).toBeVisible()
  await robin.goto('/staff/products')
  await ada.getByRole('textbox', { name: 'Tags' }).fill('round')
  await ada.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(ada.getByText('Saved.', { exact: true })).toBeVisible()
  await robin.goto(`/staff/products/${goods.productId}`)
  const tags = robin.getByRole('group', { name: /^Tags/ })
  await tags.getByRole('radio', { name: /By Ada Byron/ }).check()
  await robin.getByRole('button', { name: 'Save selected versions' }).click()
  await expect(robin.getByRole('textbox', { name: 'Tags' })).toHaveValue('round')

  const [now] = await sql`select tags from public.products where id = ${goods.productId}`
  expect(now).toEqual({ tags: ['round'] })
})

test('a new product is made, gets a picture and another variant, and is for sale', async ({ visit, sql }) => {
  const name = `Carafe ${randomUUID().slice(0, 8)}`
  const handle = name.toLowerCase().replace(' ', '-')
  const [manager, shopper, staffMember] = [
    await visit('manager'),
    await visit('shopper'),
    await visit('viewer'),
  ]
  await staffMember.goto(`/staff/products?q=${encodeURIComponent(name)}`)
  await expect(staffMember.getByText('No products match')).toBeVisible()

  await manager.goto('/staff/products')
  await manager.getByRole('link', { name: 'New product' }).click()
  await manager.getByRole('textbox', { name: 'Title' }).fill(name)
  await manager.getByRole('textbox', { name: 'Price, EUR' }).fill('9,9,9')
  await manager.getByRole('textbox', { name: 'Option name' }).fill('Glaze')
  await manager.getByRole('textbox', { name: 'First value' }).fill('Celadon')
  await manager.getByRole('button', { name: 'Create draft' }).click()
  await expect(manager.getByText('is not a price')).toBeVisible()
  await manager.getByRole('textbox', { name: 'Price, EUR' }).fill('54')
  await manager.getByRole('button', { name: 'Create draft' }).click()
  await expect(manager.getByRole('heading', { level: 1, name })).toBeVisible()

  // A staff member at the list sees it there, and every change of its status.
  const entry = staffMember.getByRole('listitem').filter({ hasText: name })
  await expect(entry).toContainText('Draft')
  await manager.getByText('Add a variant').click()
  const adding = manager.getByRole('form', { name: 'Add a variant' })
  await adding.getByRole('textbox', { name: 'Glaze' }).fill('Ochre')
  await adding.getByRole('textbox', { name: 'SKU' }).fill(`${handle}-ochre`)
  await adding.getByRole('textbox', { name: 'Price' }).fill('58')
  await adding.getByRole('button', { name: 'Add variant' }).click()
  await expect(
    manager.getByRole('group', { name: /^Ochre/ }).getByRole('textbox', { name: 'Price, EUR' }),
  ).toHaveValue('58.00')
  await expect(entry).toContainText('€54.00 to €58.00')

  // It gets an option more, by the keyboard alone; each variant there is needs a value for it.
  await manager.getByText('Options: Glaze').press('Enter')
  await manager.getByRole('button', { name: 'Add an option' }).press('Enter')
  await expect(manager.getByRole('textbox', { name: 'Option 2', exact: true })).toBeFocused()
  await manager.keyboard.type('Size')
  await manager.getByRole('textbox', { name: 'Size of Celadon' }).fill('Small')
  await manager.keyboard.press('Enter')
  await expect(manager.getByText('Options lack a value for Size.')).toBeVisible()
  await expect(manager.getByRole('textbox', { name: 'Size of Ochre' })).toBeFocused()
  await expectReadable(manager)
  await manager.keyboard.type('Small')
  await manager.keyboard.press('Enter')
  await expect(manager.getByText('Saved.', { exact: true })).toBeVisible()
  await adding.getByRole('textbox', { name: 'Glaze' }).fill('Ochre')
  await adding.getByRole('textbox', { name: 'Size' }).fill('Large')
  await adding.getByRole('textbox', { name: 'SKU' }).fill(`${handle}-ochre-large`)
  await adding.getByRole('textbox', { name: 'Price' }).fill('64')
  await adding.getByRole('button', { name: 'Add variant' }).click()
  await expect(manager.getByRole('group', { name: /^Ochre, Large/ })).toBeVisible()

  await addPhoto(manager)
  await manager.getByRole('textbox', { name: 'Alt text of picture 1' }).fill('A carafe')
  await manager.getByRole('combobox', { name: 'Status' }).selectOption('Active')
  await manager.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(manager.getByText('Saved.', { exact: true })).toBeVisible()

  await shopper.goto(`/products/${handle}`)
  await expect(shopper.getByRole('heading', { level: 1, name })).toBeVisible()
  await expectPhoto(shopper.getByRole('img', { name: 'A carafe' }).first())
  await shopper
    .getByRole('link', { name: /^Ochre/ })
    .last()
    .click()
  await shopper
    .getByRole('link', { name: /^Large/ })
    .last()
    .click()
  await expect(shopper.getByText('€64.00').first()).toBeVisible()
  await expect(entry).toContainText('Active')
  await sql`update public.products set status = 'archived' where handle = ${handle}`
  await expect(entry).toContainText('Archived')
})

for (const role of ['viewer', 'stock'] as const) {
  test(`the role ${role} sees the pictures of a product, and an empty frame for one that cannot be reached`, async ({
    visit,
    goods,
    sql,
  }) => {
    await sql`insert into public.product_media (product_id, position, src, alt) values
      (${goods.productId}, 1, '/art/jug-marigold-cobalt-4.svg', 'A jug'),
      (${goods.productId}, 2, 'https://pictures.onhand.test/gone.jpg', 'A jug that is gone')`
    const page = await visit(role)
    // The browser itself reports the request that fails.
    await page.route('https://pictures.onhand.test/**', (route) => route.fulfill({ status: 200, body: '' }))
    await page.goto(`/staff/products/${goods.productId}`)

    const rowOf = (picture: number) =>
      page
        .getByRole('listitem')
        .filter({ has: page.getByRole('textbox', { name: `Alt text of picture ${picture}` }) })
    await expect(rowOf(1).getByRole('textbox').first()).toHaveValue('A jug')
    const shown = rowOf(1).locator('img')
    await expect(shown).toBeVisible()
    await expect(rowOf(2)).toBeVisible()
    await expect(rowOf(2).locator('img')).toHaveCount(0)
    await expect.poll(() => shown.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0)
  })
}
