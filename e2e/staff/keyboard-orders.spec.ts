import { expect, test } from '@/e2e/support/fixtures'
import { keysOn, phone } from '@/e2e/support/keys'
import { orderByPost, orderForCollection } from '@/e2e/support/shop'

// Many stops of Tab: long on a busy machine.
test.describe.configure({ timeout: 400_000 })

test('orders are picked, handed over, brought back and called off by keys, at phone width', async ({
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
  await press('button', 'Take it')
  await expect(page.getByText('You have it.')).toBeVisible()
  await expectToBeSomewhere()

  // One is scanned, one is not there.
  await tabTo('textbox', 'Scan or type a SKU or barcode')
  await page.keyboard.type(blue.sku)
  await page.keyboard.press('Enter')
  await expect(page.getByText(`${goods.title}: 1 of 2.`)).toBeVisible()
  await tabTo('button', 'Pick one')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(page.locator('summary:focus')).toHaveText(/^Not there/)
  await page.keyboard.press('Enter')
  await press('button', 'They are not there')
  await expect(page.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
  await expectToBeSomewhere()
  await press('button', 'They know now')
  await expect(page.getByText('Told the customer what is missing')).toBeVisible()
  await expectToBeSomewhere()
  await press('button', 'Have €42.00 given back')
  await expect(page.getByText('Gave back €42.00')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Trouble' })).toHaveCount(0)
  await expectToBeSomewhere()

  // Sent, and brought back broken.
  await press('button', 'It is on its way')
  await expect(page.getByRole('status').filter({ hasText: /^Handed over$/ })).toBeVisible()
  await expectToBeSomewhere()
  await type('spinbutton', 'Units', '1')
  await choose('What becomes of it', 'Damaged')
  await press('button', 'Take back')
  await press('button', 'Have €42.00 given back')
  await expect(page.getByText('Gave back €42.00')).toHaveCount(2)
  await expectToBeSomewhere()

  // Another is paid at the counter, and called off after all.
  await page.goto(`/staff/orders?q=${second}`)
  await press('link', second)
  await expect(page.getByRole('heading', { name: `Order ${second}` })).toBeVisible()
  await press('button', '€42.00 are paid')
  await expect(page.getByText('Paid at the counter')).toBeVisible()
  await expectToBeSomewhere()
  await press('summary', 'Cancel order')
  await type('textbox', 'Why', 'Ada thought again')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: /^Called off$/ })).toBeVisible()
  await expectToBeSomewhere()
  await press('button', '€42.00 are given back')
  await expect(page.getByText('Gave back €42.00')).toBeVisible()
  await expectToBeSomewhere()
})
