import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Sql } from 'postgres'
import { addStaff, endAccess, makeAccount } from '@/e2e/support/accounts'
import { test } from '@/e2e/support/day'
import type { DayProduct } from '@/e2e/support/day-product'
import { expect, signIn } from '@/e2e/support/fixtures'
import { openOrder, rowOf } from '@/e2e/support/order-queue'
import { fillInCheckout, placeOrder } from '@/e2e/support/shopping'

// docs/a-day-in-the-shop.md tells this day; its pictures are taken here when DAY_PICTURES names a folder.
const pictures = process.env.DAY_PICTURES
const shop = '30000000-0000-4000-8000-000000000001'
const scanned = (page: Page) => page.getByRole('textbox', { name: 'SKU or barcode', exact: true })

test('a delivery is received: one unit is missing', async ({ ilse, jonas, ada, makeProduct, sql }) => {
  const product = await makeProduct(3)
  await ada.goto(`/products/${product.handle}`)
  await ilse.goto('/staff/receive')
  const form = ilse.getByRole('form', { name: 'New delivery or transfer' })
  await form.getByRole('textbox', { name: 'Supplier' }).fill('Zoutkeet Pottery')
  await form.getByRole('combobox', { name: 'To' }).selectOption('The shop')
  await form.getByLabel('Reference').fill('ZK-2291')
  await form.getByLabel('Line 1: SKU or barcode').fill(product.slate)
  await form.getByLabel('Line 1: units').fill('6')
  await form.getByLabel('Line 2: SKU or barcode').fill(product.chalk)
  await form.getByLabel('Line 2: units').fill('4')
  await form.getByRole('button', { name: 'Create delivery or transfer' }).click()
  await expect(ilse.getByRole('heading', { name: /^Delivery \d+$/ })).toBeVisible()
  await expect(ilse.getByText('From Zoutkeet Pottery to The shop, ZK-2291')).toBeVisible()
  await jonas.goto(ilse.url())
  await book(jonas, product.slate, 5)
  await book(jonas, product.chalk, 4)
  await expect(ilse.getByRole('listitem', { name: 'Salt Jar, Slate' })).toContainText('Received5')
  await expect(ilse.getByRole('listitem', { name: 'Salt Jar, Chalk' })).toContainText('Received4')
  await picture(jonas, 'delivery')
  await jonas.getByRole('button', { name: 'Close delivery' }).click()
  await expect(jonas.getByText('choose a reason for each short line')).toBeVisible()
  await jonas.getByRole('combobox', { name: 'Why Salt Jar, Slate is short' }).selectOption({ index: 1 })
  await jonas.getByRole('button', { name: 'Close delivery' }).click()
  await expect(ilse.getByText('This delivery is closed.')).toBeVisible()
  expect(await stockOf(sql, product.slate)).toBe(8)
})

test('a shelf is counted while it sells', async ({ ilse, jonas, makeProduct, sql }) => {
  const product = await makeProduct(8)
  await ilse.goto('/staff/counts')
  await ilse.getByLabel('Location').selectOption('The shop')
  await ilse.getByLabel('Shelf (optional)').fill('Jars')
  await ilse.getByRole('button', { name: 'Start counting' }).click()
  await expect(ilse.getByRole('heading', { name: /^Count \d+$/ })).toBeVisible()
  // Without slack the sale below is later than the count, and no question is asked (count.spec.ts asks it).
  await sql`update public.counts set slack = '0' where id = ${ilse.url().split('/').at(-1) ?? ''}`
  await jonas.goto(ilse.url())
  await book(jonas, product.slate, 7)
  await expect(ilse.getByRole('listitem', { name: 'Salt Jar, Slate' })).toContainText('Difference−1')
  await orderAndHandOver(sql, product.slate)
  await picture(ilse, 'count')
  await ilse.getByRole('button', { name: 'Approve count' }).click()
  await expect(ilse.getByRole('button', { name: 'Reverse count' })).toBeVisible()
  // One was missing, one was sold: the sale is not counted twice.
  expect(await stockOf(sql, product.slate)).toBe(6)
})

test('a recount finds that the number moved, and the cause', async ({ ilse, makeProduct, sql }) => {
  const product = await makeProduct(6)
  const [{ id } = { id: '' }] = await sql`select id from public.variants where sku = ${product.slate}`
  await ilse.goto(`/staff/variants/${id}`)
  const form = ilse.getByRole('form', { name: 'Count Salt Jar, Slate, The shop' })
  await form.getByRole('textbox').focus()
  const seen = await stockOf(sql, product.slate)
  await orderAndHandOver(sql, product.slate)
  await orderAndHandOver(sql, product.slate)
  await form.getByRole('textbox').fill(String(seen - 1))
  await ilse.keyboard.press('Enter')
  await expect(form.getByRole('alert')).toContainText(`You saw ${seen}, it is ${seen - 2}, because order`)
  await form.scrollIntoViewIfNeeded()
  await picture(ilse, 'recount')
  await form.getByRole('button', { name: `Apply −1: make it ${seen - 3}` }).click()
  await expect(ilse.getByRole('button', { name: 'Undo' })).toBeVisible()
  expect(await stockOf(sql, product.slate)).toBe(seen - 3)
})

test('a product is edited while another staff member edits it too', async ({
  ilse,
  ada,
  visit,
  makeProduct,
  sql,
}) => {
  const product = await makeProduct(3)
  const mara = await visit('shopper', { viewport: { width: 1440, height: 900 } })
  const account = await makeAccount()
  await addStaff(sql, account, 'manager', 'Mara Peeters')
  await signIn(mara, account)
  await expect(mara.getByRole('heading', { name: 'Inventory' })).toBeVisible()
  const [{ product_id } = { product_id: '' }] =
    await sql`select product_id from public.variants where sku = ${product.slate}`
  await ilse.goto(`/staff/products/${product_id}`)
  await mara.goto(`/staff/products/${product_id}`)
  await expect(ilse.getByText('Also here: Mara Peeters')).toBeVisible()
  const slate = ilse.getByRole('group', { name: /^Slate/ })
  await slate.getByRole('textbox', { name: 'Price, EUR' }).fill('34')
  await ilse.getByRole('textbox', { name: 'Vendor' }).fill('Zoutkeet')
  await mara.getByRole('textbox', { name: 'Vendor' }).fill('Zoutkeet Pottery, Ghent')
  await mara.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(mara.getByText('Saved.', { exact: true })).toBeVisible()
  await expect(ilse.getByText('Mara Peeters changed this to Zoutkeet Pottery, Ghent')).toBeVisible()
  await ilse.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(ilse.getByRole('heading', { name: 'This product was changed' })).toBeFocused()
  await picture(ilse, 'side-by-side')
  await ilse
    .getByRole('group', { name: /^Vendor/ })
    .getByRole('radio', { name: /By Mara Peeters/ })
    .check()
  await ilse.getByRole('button', { name: 'Save selected versions' }).click()
  await ilse.getByRole('button', { name: 'Save with this price' }).click()
  await expect(ilse.getByText('Saved.', { exact: true })).toBeVisible()
  await ada.goto(`/products/${product.handle}`)
  await ada.getByRole('link', { name: 'Slate', exact: true }).last().click()
  await expect(ada.getByText('€34.00').first()).toBeVisible()
  await endAccess(sql, account)
})

test('orders arrive in the open queue, and one is handed over', async ({
  ilse,
  jonas,
  visit,
  makeProduct,
}) => {
  const product = await makeProduct(3)
  await ilse.goto('/staff/orders')
  const numbers = [
    await order(await visit('shopper'), product, 'Chalk', 1),
    await order(await visit('shopper'), product, 'Slate', 2),
    await order(await visit('shopper'), product, 'Chalk', 2),
  ]
  for (const number of numbers) await expect(rowOf(ilse, number)).toBeVisible()
  await picture(ilse, 'queue')

  await pick(jonas, numbers[0] ?? '', product.chalk, 1)
  await handOver(jonas)
})

test('an order with a missing unit is handed over without it', async ({ jonas, ada, makeProduct }) => {
  const product = await makeProduct(3, 3400)
  const short = await order(ada, product, 'Slate', 2)

  await pick(jonas, short, product.slate, 1, 2)
  await jonas.getByText(/^Can’t find it/).click()
  await jonas.getByRole('button', { name: 'Mark as missing' }).click()
  await expect(ada.getByText(/could not be found and was removed from the order/)).toBeVisible()
  await expect(ada.getByRole('region', { name: 'Items' })).toContainText('Total€34.00')
  await picture(ada, 'short')
  await jonas.getByRole('button', { name: 'Mark customer as told' }).click()
  await handOver(jonas)
  await expect(ada.getByRole('heading', { name: 'Order collected' })).toBeVisible()
})

test('an order comes back, and its money is refunded', async ({ ilse, jonas, visit, makeProduct }) => {
  const product = await makeProduct(3)
  const returned = await order(await visit('shopper'), product, 'Chalk', 2)
  await pick(jonas, returned, product.chalk, 2)
  await picture(jonas, 'pick')
  await handOver(jonas)
  const returnForm = jonas.getByRole('form', { name: 'Accept return' })
  await returnForm.getByLabel('Units').fill('1')
  await returnForm.getByRole('button', { name: 'Accept return' }).click()
  await expect(jonas.getByRole('region', { name: 'Order history' })).toContainText(/Jonas De Wit/)
  await expect(jonas.getByText('Only managers can refund.')).toBeVisible()
  await openOrder(ilse, returned)
  await ilse.getByRole('button', { name: 'Mark €36.00 as refunded' }).click()
  await expect(ilse.getByText('Refunded €36.00')).toBeVisible()
  await picture(ilse, 'order')
})

test('in the evening everything adds up', async ({ ilse, sql }) => {
  await ilse.goto('/staff/dashboard')
  await expect(ilse.getByText('Live', { exact: true })).toBeVisible()
  await picture(ilse, 'evening')
  expect([...(await sql`select * from public.verify_inventory()`)]).toEqual([])
})

/** Leaves the shopper on the page of their order. */
async function order(shopper: Page, product: DayProduct, glaze: string, units: number): Promise<string> {
  await shopper.goto(`/products/${product.handle}`)
  await shopper.getByRole('link', { name: glaze, exact: true }).last().click()
  await expect(shopper).toHaveURL(/variant=/)
  await shopper.getByRole('button', { name: 'Add to cart' }).click()
  await shopper.getByRole('link', { name: 'View cart' }).click()
  for (let more = 1; more < units; more++)
    await shopper.getByRole('button', { name: `Increase quantity: Salt Jar, ${glaze}` }).click()
  await fillInCheckout(shopper)
  return placeOrder(shopper)
}

async function pick(page: Page, number: string, code: string, units: number, ordered = units): Promise<void> {
  await openOrder(page, number)
  await page.getByRole('button', { name: 'Start picking' }).click()
  await expect(page.getByText('You’re picking this order.')).toBeVisible()
  const scan = page.getByRole('form', { name: 'Scan' })
  for (let picked = 1; picked <= units; picked++) {
    await scan.getByRole('textbox').fill(code)
    await page.keyboard.press('Enter')
    if (picked < ordered)
      await expect(scan.getByRole('status')).toContainText(`Salt Jar: ${picked} of ${ordered}.`)
    else await expect(page.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
  }
}

async function handOver(page: Page): Promise<void> {
  await page.getByRole('button', { name: /by card and hand over$/ }).click()
  await expect(page.getByRole('status').filter({ hasText: /^Fulfilled$/ })).toBeVisible()
}

/** A scanner is a keyboard. */
async function book(page: Page, code: string, units: number): Promise<void> {
  await scanned(page).fill(code)
  await page.keyboard.press('Enter')
  await page.keyboard.type(String(units))
  await page.keyboard.press('Enter')
}

async function stockOf(sql: Sql, sku: string): Promise<number> {
  const [level] = await sql`select on_hand from public.stock_levels
    join public.variants on variants.id = stock_levels.variant_id where sku = ${sku} and location_id = ${shop}`
  return Number(level?.on_hand)
}

/** A shopper buys one at the counter and takes it home. */
async function orderAndHandOver(sql: Sql, sku: string): Promise<void> {
  const token = randomUUID().replaceAll('-', '')
  const [variant] = await sql`select id from public.variants where sku = ${sku}`
  await sql`select public.hold_stock(${variant?.id}, 1, ${randomUUID()}, ${token})`
  const [row] = await sql`select public.place_order(${sql.json({ email: 'noor@example.test', name: 'Noor' })},
    ${sql.json({ method: 'collection', location_id: shop })}, 'on_collection', ${randomUUID()}, ${token}, ${token}) as placed`
  await sql`select public.fulfil_order(${row?.placed.order_id}, ${shop}, ${randomUUID()})`
}

async function picture(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.jpg`), type: 'jpeg', quality: 80 })
}
