import type { Page } from '@playwright/test'
import { expect, test } from '@/e2e/support/fixtures'
import { expectReadable } from '@/e2e/support/readable'
import type { Goods, Sellable } from '@/e2e/support/shop'

// By role: Next keeps the page before, hidden, and its fields have labels too.
const codeField = (page: Page) => page.getByRole('textbox', { name: 'SKU or barcode', exact: true })
const line = (page: Page, { name }: Sellable) => page.getByRole('listitem', { name })

/** Sends five blue and two green from the goods' own location to the first one there is, by the form. */
async function send(page: Page, goods: Goods): Promise<void> {
  const [blue, green] = goods.variants
  await page.goto('/staff/receive')
  const form = page.getByRole('form', { name: 'New delivery or transfer' })
  await form.getByLabel('From').selectOption(`${goods.location.name} (leaves now)`)
  await form.getByRole('combobox', { name: 'To' }).selectOption({ index: 0 })
  await form.getByLabel('Reference').fill('VAN-3')
  await form.getByLabel('Line 1: SKU or barcode').fill(blue.sku)
  await form.getByLabel('Line 1: units').fill('5')
  await form.getByLabel('Line 2: SKU or barcode').fill(green.sku)
  await form.getByLabel('Line 2: units').fill('2')
  await form.getByRole('button', { name: 'Create delivery or transfer' }).click()
  await expect(page.getByRole('heading', { name: /^Transfer \d+$/ })).toBeVisible()
}

async function book(page: Page, code: string, units: number): Promise<void> {
  await codeField(page).fill(code)
  await page.keyboard.press('Enter')
  await page.keyboard.type(String(units))
  await page.keyboard.press('Enter')
}

test('a van is sent, scanned in by two, short and over; the shopper sees what is left', async ({
  visit,
  goods,
  sql,
}) => {
  const [blue, green] = goods.variants
  const keeper = await visit('stock')
  const manager = await visit('manager')
  const shopper = await visit('shopper')
  await shopper.goto(`/products/${goods.handle}`)
  await expect(shopper.getByText('7 left').first()).toBeVisible()

  await manager.goto('/staff/receive')
  await send(keeper, goods)
  await expect(manager.locator(`a[href="${new URL(keeper.url()).pathname}"]`)).toBeVisible()
  await expect(shopper.getByText('2 left').first()).toBeVisible()
  await manager.goto(`/staff/variants/${blue.id}`)
  await expect(manager.getByText('In transit: 5 units')).toBeVisible()
  await manager.goto(keeper.url())
  await book(keeper, blue.sku, 3)
  await expect(line(manager, blue)).toContainText('Received3')
  await book(manager, green.sku, 3)
  await expect(manager.getByText('1 unit more than expected')).toBeVisible()
  await manager
    .getByRole('combobox', { name: 'If more arrive than expected' })
    .selectOption('more than expected')
  await manager.getByRole('button', { name: 'Receive', exact: true }).click()
  await expect(line(keeper, green)).toContainText('1 more than expected')

  await keeper.getByRole('button', { name: 'Close delivery' }).click()
  await expect(keeper.getByText('choose a reason for each short line')).toBeVisible()
  await keeper.getByRole('combobox', { name: `Why ${blue.name} is short` }).selectOption('not sent')
  await keeper.getByRole('button', { name: 'Close delivery' }).click()
  await expect(keeper.getByText('This delivery is closed.')).toBeVisible()
  await expect(manager.getByText('This delivery is closed.')).toBeVisible()

  // Two never left, three arrived elsewhere: seven are for sale again.
  await expect(shopper.getByText('7 left').first()).toBeVisible()
  const travelling =
    await sql`select from public.in_transit where variant_id in (${blue.id}, ${green.id}) and units > 0`
  expect(travelling).toHaveLength(0)
  expect([...(await sql`select * from private.inventory_drift()`)]).toEqual([])
})

test('a supplier’s delivery is announced and received', async ({ visit, goods }) => {
  const [blue] = goods.variants
  const page = await visit('stock')
  await page.goto('/staff/receive')
  const form = page.getByRole('form', { name: 'New delivery or transfer' })
  await form.getByRole('textbox', { name: 'Supplier' }).fill('Ilse Verbrugge')
  await form.getByRole('combobox', { name: 'To' }).selectOption(goods.location.name)
  await form.getByLabel('Line 1: SKU or barcode').fill(blue.sku)
  await form.getByLabel('Line 1: units').fill('4')
  await form.getByRole('button', { name: 'Create delivery or transfer' }).click()
  await expect(page.getByText(`From Ilse Verbrugge to ${goods.location.name}`)).toBeVisible()

  await codeField(page).fill('NO-SUCH-CODE')
  await page.getByRole('textbox', { name: 'Units', exact: true }).fill('4')
  await page.getByRole('button', { name: 'Receive', exact: true }).click()
  await expect(page.getByRole('main')).toContainText('NO-SUCH-CODE')
  await codeField(page).fill(blue.sku)
  await page.getByRole('textbox', { name: 'Units', exact: true }).fill('4')
  await page.getByRole('button', { name: 'Receive', exact: true }).click()
  await expect(line(page, blue)).toContainText('Received4')
  await page.getByRole('button', { name: 'Close delivery' }).click()
  await expect(page.getByText('This delivery is closed.')).toBeVisible()
})

for (const width of [390, 1440]) {
  test(`everybody can read a delivery at ${width} pixels; a viewer only reads`, async ({ visit, goods }) => {
    const [blue] = goods.variants
    const keeper = await visit('stock', { viewport: { width, height: 844 } })
    const viewer = await visit('viewer', { viewport: { width, height: 844 }, colorScheme: 'dark' })
    await send(keeper, goods)
    await book(keeper, blue.sku, 3)
    await expect(line(keeper, blue)).toContainText('Received3')
    await viewer.goto(keeper.url())
    await expect(codeField(viewer)).toHaveCount(0)

    for (const page of [keeper, viewer]) await expectReadable(page)
  })
}
