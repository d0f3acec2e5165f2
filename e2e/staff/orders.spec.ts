import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect } from '@/e2e/support/fixtures'
import { openOrder, rowOf } from '@/e2e/support/order-queue'
import { expectReadable } from '@/e2e/support/readable'
import { fillInCheckout, type Offer, placeOrder, test } from '@/e2e/support/shopping'

/** Two units of the first variant, ordered by a guest who collects them. Leaves the guest on their order's page. */
async function order(shopper: Page, { path, title }: Offer): Promise<string> {
  await shopper.goto(path)
  await shopper.getByRole('button', { name: 'Add to cart' }).click()
  await shopper.getByRole('link', { name: 'View cart' }).click()
  await shopper.getByRole('button', { name: `Increase quantity: ${title}, Chalk` }).click()
  await fillInCheckout(shopper)
  return placeOrder(shopper)
}

function sku({ path }: Offer): string {
  return `MUG-${path.slice('/products/mug-'.length)}-Chalk`
}

/** The page of an order prints its packing slip alone, with that line. */
async function expectPackingSlip(page: Page, line: string): Promise<void> {
  await page.getByRole('link', { name: 'Print' }).click()
  await page.getByRole('link', { name: '58 mm roll' }).click()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('article', { name: 'Packing slip' })).toContainText(line)
  await expect(page.getByRole('banner')).toBeHidden()
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
  await page.screenshot({ path: 'test-results/packing-slip-roll.png' })
}

/** The file of orders has that line, and the page and the file of the sales report can be read. */
async function expectInFiles(page: Page, order: RegExp): Promise<void> {
  await page.goto('/staff/export')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download order CSV' }).click(),
  ])
  const file = await readFile(await download.path(), 'utf8')
  await page.goto('/staff/reports')
  await expect(page.getByRole('table', { name: 'Sales by period' }).getByText('Total')).toBeVisible()
  await expectReadable(page)
  await page.screenshot({ path: 'test-results/sales-report-1440.png', fullPage: true })
  const report = await page.request.get('/staff/reports/sales.csv?step=month')
  expect(await report.text()).toContain('Period from,Orders,Units')
  expect(file).toMatch(order)
}

test('two staff members and a customer: claimed, scanned, one missing, handed over, returned', async ({
  visit,
  onTheShelf,
  sql,
}) => {
  const offer = await onTheShelf(2)
  const [shopper, packer, manager] = [await visit('shopper'), await visit('stock'), await visit('manager')]

  // The queue is open before the order comes in.
  await manager.goto('/staff/orders')
  const number = await order(shopper, offer)
  const row = rowOf(manager, number)
  await expect(row.getByText('2 units')).toBeVisible()

  // One of them takes it, and the other sees who, wherever they look.
  await openOrder(packer, number)
  await packer.getByRole('button', { name: 'Start picking' }).click()
  await expect(packer.getByText('You’re picking this order.')).toBeVisible()
  await expect(row.getByText('Robin the stock is picking this')).toBeVisible()
  await openOrder(manager, number)
  await expect(manager.getByText('Robin the stock is picking this order.')).toBeVisible()
  await expect(manager.getByRole('form', { name: 'Scan' })).toHaveCount(0)

  // A scanner is a keyboard.
  const scan = packer.getByRole('form', { name: 'Scan' })
  await scan.getByRole('textbox').focus()
  await packer.keyboard.type('SOMETHING-ELSE')
  await packer.keyboard.press('Enter')
  await expect(scan.getByRole('status')).toContainText('“SOMETHING-ELSE” is not part of this order.')
  await packer.keyboard.type(sku(offer))
  await packer.keyboard.press('Enter')
  await expect(scan.getByRole('status')).toContainText(`${offer.title}: 1 of 2.`)
  await expect(
    manager
      .getByRole('listitem')
      .filter({ hasText: sku(offer) })
      .getByText('1 of 2'),
  ).toBeAttached()

  // The second one is not there, and nowhere else; what is left is ready.
  await packer.getByText(/^Can’t find it/).click()
  await packer.getByRole('button', { name: 'Mark as missing' }).click()
  await expect(packer.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
  await expect(manager.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
  await expect(shopper.getByRole('heading', { name: 'Ready to collect' })).toBeVisible()
  await expect(shopper.getByText(/could not be found and was removed from the order/)).toBeVisible()
  await packer.getByRole('button', { name: 'Mark customer as told' }).click()
  await expect(packer.getByRole('heading', { name: 'Needs attention' })).toHaveCount(0)

  await packer.getByRole('button', { name: 'Take €12.50 in cash and hand over' }).click()
  await expect(packer.getByText('Paid at the counter, in cash')).toBeVisible()
  await expect(packer.getByRole('status').filter({ hasText: /^Fulfilled$/ })).toBeVisible()
  await expect(shopper.getByRole('heading', { name: 'Order collected' })).toBeVisible()

  // It comes back to be looked at, is good, and its money goes back by a manager.
  const returnForm = packer.getByRole('form', { name: 'Accept return' })
  await returnForm.getByLabel('Units').fill('1')
  await returnForm.getByLabel('Condition').selectOption('Inspect later')
  await returnForm.getByRole('button', { name: 'Accept return' }).click()
  await packer.getByRole('button', { name: 'Restock these, write off the rest' }).click()
  await expect(packer.getByText('Return inspected')).toBeVisible()
  await expect(packer.getByText('Only managers can refund.')).toBeVisible()
  await manager.getByRole('button', { name: 'Mark €12.50 as refunded' }).click()
  await expect(shopper.getByText('€12.50 has been refunded.')).toBeVisible()

  await expectPackingSlip(packer, `1 ×${offer.title}, Chalk`)

  // The actors of each step.
  const events = manager.getByRole('region', { name: 'Order history' }).getByRole('listitem')
  await expect(events.first()).toContainText(/^Refunded €12.50Robin the manager/)
  await expect(events.filter({ hasText: 'Started picking' })).toContainText('Robin the stock')
  const [stock] =
    await sql`select on_hand, committed, available from public.availability where variant_id = ${offer.variantIds[0] ?? ''}`
  expect(stock).toEqual({ on_hand: 1, committed: 0, available: 1 })
  expect([...(await sql`select * from private.inventory_drift()`)]).toEqual([])

  await expectInFiles(manager, new RegExp(`^#${number},.*,${sku(offer)},12\\.50,.*,1,1,1$`, 'm'))
})

test('an order that is let go, or left behind, can be taken by the next one', async ({
  visit,
  onTheShelf,
  sql,
}) => {
  const offer = await onTheShelf(2)
  const [shopper, packer, manager] = [await visit('shopper'), await visit('stock'), await visit('manager')]
  const number = await order(shopper, offer)
  await openOrder(packer, number)
  await openOrder(manager, number)
  await packer.getByRole('button', { name: 'Start picking' }).click()
  await expect(manager.getByText('Robin the stock is picking this order.')).toBeVisible()

  await packer.getByRole('button', { name: 'Release order' }).click()
  await manager.getByRole('button', { name: 'Start picking' }).click()
  await expect(packer.getByText('Robin the manager is picking this order.')).toBeVisible()

  // The manager's phone falls into the bucket, half a minute ago.
  await manager.context().close()
  await sql`update public.order_picking set leased_until = now() - interval '1 second'
    where order_id = (select id from public.orders where number = ${number})`
  await packer.reload()
  await expect(packer.getByText('Robin the manager stopped picking this order.')).toBeVisible()
  const scan = packer.getByRole('form', { name: 'Scan' })
  await scan.getByRole('textbox').fill(sku(offer))
  await packer.keyboard.press('Enter')
  await expect(packer.getByText('You’re picking this order.')).toBeVisible()
})
