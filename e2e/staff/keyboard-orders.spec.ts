import { expect, test } from '@/e2e/support/fixtures'
import { keysOn, phone } from '@/e2e/support/keys'
import { orderByPost, orderForCollection } from '@/e2e/support/shop'

test('orders are picked, handed over, returned and cancelled by keys, at phone width', async ({
  visit,
  goods,
  sql,
}) => {
  const [blue] = goods.variants
  const page = await visit('manager', phone)
  const { tabTo, press, type, choose, expectToBeSomewhere } = keysOn(page)
  const first = String((await orderByPost(sql, blue, 2)).number)
  const second = String((await orderForCollection(sql, goods, 1)).number)

  // Found in the queue, and claimed.
  await page.goto('/staff/orders')
  await type('searchbox', 'Number, name or e-mail', first)
  await expect(page.getByRole('row')).toHaveCount(2)
  await press('link', first)
  await expect(page.getByRole('heading', { name: `Order ${first}` })).toBeVisible()
  await press('button', 'Start picking')
  await expect(page.getByText('You’re picking this order.')).toBeVisible()
  await expectToBeSomewhere()

  // One is scanned, one is not there.
  await tabTo('textbox', 'Scan or type a SKU or barcode')
  await page.keyboard.type(blue.sku)
  await page.keyboard.press('Enter')
  await expect(page.getByText(`${goods.title}: 1 of 2.`)).toBeVisible()
  await tabTo('button', 'Pick one')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(page.locator('summary:focus')).toHaveText(/^Can’t find it/)
  await page.keyboard.press('Enter')
  await press('button', 'Mark as missing')
  await expect(page.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
  await expectToBeSomewhere()
  await press('button', 'Mark customer as told')
  await expect(page.getByText('Customer told about missing items')).toBeVisible()
  await expectToBeSomewhere()
  await press('button', 'Refund €42.00')
  await expect(page.getByText('Refunded €42.00')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Needs attention' })).toHaveCount(0)
  await expectToBeSomewhere()

  // Sent, and brought back broken.
  await press('button', 'Mark as sent')
  await expect(page.getByRole('status').filter({ hasText: /^Fulfilled$/ })).toBeVisible()
  await expectToBeSomewhere()
  await type('spinbutton', 'Units', '1')
  await choose('Condition', 'Damaged')
  await press('button', 'Accept return')
  await press('button', 'Refund €42.00')
  await expect(page.getByText('Refunded €42.00')).toHaveCount(2)
  await expectToBeSomewhere()

  // Another is paid at the counter, and cancelled after all.
  await page.goto(`/staff/orders?q=${second}`)
  await press('link', second)
  await expect(page.getByRole('heading', { name: `Order ${second}` })).toBeVisible()
  await press('button', 'Take €42.00 in cash')
  await expect(page.getByText('Paid at the counter')).toBeVisible()
  await expectToBeSomewhere()
  await press('summary', 'Cancel order')
  await type('textbox', 'Reason', 'Ada thought again')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: /^Cancelled$/ })).toBeVisible()
  await expectToBeSomewhere()
  await press('button', 'Mark €42.00 as refunded')
  await expect(page.getByText('Refunded €42.00')).toBeVisible()
  await expectToBeSomewhere()
})
