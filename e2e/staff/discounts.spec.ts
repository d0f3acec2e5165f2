import { randomUUID } from 'node:crypto'
import { expect } from '@/e2e/support/fixtures'
import { expectReadable } from '@/e2e/support/readable'
import { goToCheckout, test } from '@/e2e/support/shopping'

const aCode = () => `TEN-${randomUUID().slice(0, 6).toUpperCase()}`

test('a manager adds a code, a shopper uses it, and staff see its uses change', async ({
  visit,
  page,
  onTheShelf,
}) => {
  const code = aCode()
  const title = `Ten off ${code}`
  const desk = await visit('manager', { viewport: { width: 390, height: 844 } })
  await desk.goto('/staff/settings/discounts')
  const form = desk.getByRole('form', { name: 'Save discount' })
  if (!(await form.isVisible())) await desk.getByText('Add a discount').press('Enter')
  await form.getByLabel('Title').fill(title)
  await form.getByLabel('Code (optional)').fill(code)
  await form.getByLabel('Percent off').fill('0')
  await form.getByLabel('Uses in total (optional)').fill('2')
  await form.getByRole('button', { name: 'Save discount' }).press('Enter')
  await expect(form.getByText('Enter a percentage', { exact: false })).toBeVisible()
  await form.getByLabel('Percent off').fill('10')
  await form.getByRole('button', { name: 'Save discount' }).press('Enter')
  const entry = desk.getByRole('listitem').filter({ hasText: title })
  await expect(entry.getByText('0 of 2 used')).toBeVisible()
  await expectReadable(desk)
  await desk.screenshot({ path: 'test-results/discounts-390.png', fullPage: true })

  await page.setViewportSize({ width: 390, height: 844 })
  await goToCheckout(page, await onTheShelf(3))
  await page.getByLabel('Discount code').fill('NO-SUCH-CODE')
  await page.getByRole('button', { name: 'Apply code' }).click()
  await expect(page.getByText('There is no code NO-SUCH-CODE.', { exact: false })).toBeVisible()
  await page.getByLabel('Discount code').fill(code.toLowerCase())
  await page.getByRole('button', { name: 'Apply code' }).click()
  await expect(page.getByText(`Code ${code} is applied.`)).toBeVisible()
  await expect(entry.getByText('0 of 2 used, 1 held in carts')).toBeVisible()
  await expect(page.getByText(`Discount: ${title}`)).toBeVisible()
  await expect(page.getByLabel('Name')).toHaveValue('Ada Lovelace')
  await expectReadable(page)
  await page.screenshot({ path: 'test-results/discount-checkout-390.png', fullPage: true })
  await page.getByRole('button', { name: 'Remove code' }).click()
  await expect(page.getByRole('button', { name: 'Place order, €12.50' })).toBeVisible()
  await page.getByLabel('Discount code').fill(code)
  await page.getByRole('button', { name: 'Apply code' }).click()
  await page.getByRole('button', { name: 'Place order, €11.25' }).click()

  await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
  await expect(page.getByText(`Discount: ${title}`).filter({ visible: true })).toBeVisible()
  await expect(entry.getByText('1 of 2 used')).toBeVisible()
  await page.getByText('Cancel order', { exact: true }).click()
  await page.getByRole('button', { name: 'Yes, cancel order' }).click()
  await expect(entry.getByText('0 of 2 used')).toBeVisible()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a typed code is applied before anything is ordered, and its last use is gone for the next', async ({
    page,
    browser,
    onTheShelf,
    sql,
  }) => {
    const code = aCode()
    const discount = { title: 'Ten off', code, kind: 'percent', percent_bp: 1000, uses_limit: 1 }
    await sql`select public.save_discount(${sql.json(discount)}, ${randomUUID()})`
    const offer = await onTheShelf(2)
    await goToCheckout(page, offer)
    await page.getByLabel('Discount code').fill(code)
    await page.getByRole('button', { name: 'Place order, €12.50' }).click()
    await expect(page.getByText('Your total is updated.')).toBeVisible()
    await expect(page.getByText(`Code ${code} is applied.`)).toBeVisible()

    const other = await browser.newPage({ javaScriptEnabled: false })
    await goToCheckout(other, offer)
    await other.getByLabel('Discount code').fill(code)
    await other.getByRole('button', { name: 'Apply code' }).click()
    await expect(other.getByText(`Code ${code} was used up a moment ago.`, { exact: false })).toBeVisible()
    await other.close()

    await page.getByRole('button', { name: 'Place order, €11.25' }).click()
    await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
  })
})
