import { randomUUID } from 'node:crypto'
import { expect, test } from '@/e2e/support/fixtures'
import { phone } from '@/e2e/support/keys'
import { expectReadable } from '@/e2e/support/readable'

const tag = () => randomUUID().slice(0, 8)

test('a location is added, used at once, ordered, refused while it has units, archived and restored', async ({
  visit,
  sql,
  goods,
}) => {
  const name = `Harbour ${tag()}`
  const [manager, desk] = await Promise.all([visit('manager'), visit('stock')])
  await manager.goto('/staff/settings/locations')
  const form = manager.getByRole('form', { name: 'Add a location' })
  await form.getByLabel('Name').fill(name)
  await form.getByLabel('Address').fill('Quay 1, 9000 Ghent')
  await form.getByLabel('Saturday').fill('whenever')
  await form.getByRole('button', { name: 'Add location' }).click()
  await expect(form.getByText('Enter hours such as 10:00–18:00')).toBeVisible()
  await form.getByLabel('Saturday').fill('10-16')
  await form.getByRole('button', { name: 'Add location' }).click()
  await expect(form.getByText('Added.')).toBeVisible()
  await expect(manager.getByRole('link', { name })).toBeVisible()
  await expectReadable(manager)

  // Everywhere at once: in the forms of staff and in the shop's footer.
  await desk.goto(`/staff/variants/${goods.variants[0].id}`)
  await expect(desk.getByText(name).first()).toBeAttached()
  const shopper = await visit('shopper', { javaScriptEnabled: false })
  await shopper.goto('/')
  const footer = shopper.getByRole('contentinfo')
  await expect(footer.getByText('Quay 1, 9000 Ghent')).toBeVisible()
  await expect(footer.getByText('Sat 10:00–16:00')).toBeVisible()

  await manager.getByRole('button', { name: `Move ${name} up` }).click()
  await expect(
    manager.getByRole('list', { name: 'Active locations' }).getByRole('listitem').last(),
  ).not.toContainText(name)

  await manager.getByRole('link', { name }).click()
  await expect(manager.getByRole('heading', { name, level: 1 })).toBeVisible()
  const id = new URL(manager.url()).pathname.split('/').at(-1) ?? ''
  await sql`select public.receive_stock(${id}, ${sql.json([{ variant_id: goods.variants[0].id, quantity: 2 }])}, 'DN-7', ${randomUUID()})`
  await manager.getByRole('button', { name: 'Archive location' }).click()
  await expect(manager.getByText('the location still has 2 units on hand')).toBeVisible()
  await expectReadable(manager)
  await sql`select public.adjust_stock(${goods.variants[0].id}, ${id}, -2, 'damage', ${randomUUID()})`
  await manager.getByRole('button', { name: 'Archive location' }).click()
  await expect(manager.getByRole('button', { name: 'Restore' })).toBeVisible()
  await shopper.goto('/')
  await expect(shopper.getByRole('contentinfo').getByText('Quay 1, 9000 Ghent')).toBeHidden()
  await manager.goto('/staff/settings/locations')
  await manager
    .getByRole('listitem')
    .filter({ hasText: name })
    .getByRole('button', { name: 'Restore' })
    .click()
  await expect(manager.getByRole('button', { name: `Move ${name} up` })).toBeVisible()
  await sql`update public.locations set active = false where id = ${id}`
})

test('a category is added, changed, ordered and removed', async ({ visit }) => {
  const title = `Lamps ${tag()}`
  const manager = await visit('manager')
  await manager.goto('/staff/settings/categories')
  const form = manager.getByRole('form', { name: 'Add a category' })
  await form.getByLabel('Title').fill(title)
  await form.getByLabel('Picture').fill('javascript:alert(1)')
  await form.getByRole('button', { name: 'Add category' }).click()
  await expect(form.getByText('Enter an address that begins with https://')).toBeVisible()
  await form.getByLabel('Picture').fill('/art/scene-light.svg')
  await form.getByRole('button', { name: 'Add category' }).click()
  await expect(manager.getByRole('link', { name: title })).toBeVisible()
  const up = manager.getByRole('button', { name: `Move ${title} up` })
  await up.focus()
  await manager.keyboard.press('Enter')
  await expect(
    manager.getByRole('list', { name: 'Categories in order' }).getByRole('listitem').last(),
  ).not.toContainText(title)
  await manager.getByRole('link', { name: title }).click()
  await expect(manager.getByText(/Its address is \/category\/lamps-/)).toBeVisible()
  await manager.getByRole('textbox', { name: 'Title' }).fill(`${title} and lights`)
  await manager.getByRole('button', { name: 'Save' }).click()
  await expect(manager.getByRole('heading', { name: `${title} and lights` })).toBeVisible()
  await manager.getByRole('button', { name: 'Remove category' }).click()
  await expect(manager.getByRole('heading', { name: 'Categories', level: 1 })).toBeVisible()
  await expect(manager.getByRole('link', { name: title })).toBeHidden()
  await manager.getByRole('link', { name: 'Table' }).click()
  await manager.getByRole('button', { name: 'Remove category' }).click()
  await expect(manager.getByText('Products or counts use this category')).toBeVisible()
})

test('the pages of locations and categories are readable on a phone in the dark', async ({ visit }) => {
  const page = await visit('manager', { ...phone, colorScheme: 'dark' })
  for (const path of ['locations', 'categories', 'categories/table']) {
    await page.goto(`/staff/settings/${path}`)
    await expectReadable(page)
  }
})
