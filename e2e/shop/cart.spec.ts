import { expect } from '@/e2e/support/fixtures'
import { changeStock, goToCheckout, putIntoCart, test } from '@/e2e/support/shopping'

test('the cart shows in all tabs, and on another device', async ({ page, context, browser, onTheShelf }) => {
  const offer = await onTheShelf(3)
  const other = await context.newPage()
  await other.goto('/cart')
  await expect(other.getByRole('heading', { name: 'Your cart is empty.' })).toBeVisible()

  await putIntoCart(page, offer)
  await expect(other.getByRole('heading', { name: offer.title })).toBeVisible()
  // The same cart in a separate browser: only the database connects them.
  const device = await browser.newContext({ storageState: await context.storageState() })
  const elsewhere = await device.newPage()
  await elsewhere.goto('/cart')
  await expect(elsewhere.getByRole('heading', { name: offer.title })).toBeVisible()
  await other.getByRole('button', { name: /^Remove/ }).click()

  await expect(page.getByRole('link', { name: /^Cart 0/ })).toBeVisible()
  await expect(elsewhere.getByRole('link', { name: /^Cart 0/ })).toBeVisible()
  await expect(elsewhere.getByRole('heading', { name: 'Your cart is empty.' })).toBeVisible()
  await device.close()
})

test('an expired line is held again when the cart is opened', async ({
  page,
  onTheShelf,
  letHoldsRunOut,
}) => {
  const offer = await onTheShelf(1)
  await putIntoCart(page, offer)
  await letHoldsRunOut(offer)

  await page.goto('/cart')

  await expect(page.getByText('Your items are reserved again.')).toBeVisible()
  await expect(page.getByText(/^Reserved for you: [89]:/)).toBeVisible()
})

test('a line that could not be held again is held as soon as the shelf has it', async ({
  page,
  onTheShelf,
  letHoldsRunOut,
  sql,
}) => {
  const offer = await onTheShelf(1)
  await putIntoCart(page, offer)
  await letHoldsRunOut(offer)
  await changeStock(sql, offer, -1)

  await page.goto('/cart')
  await expect(page.getByText(`Not enough left of ${offer.title}, Chalk.`)).toBeVisible()
  await expect(page.getByText('No longer reserved for you')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Increase quantity/ })).toHaveCount(0)
  await expect(page.getByText('Includes €12.50 for items that are not available.')).toBeVisible()
  await page.getByRole('button', { name: 'Change unavailable items to check out' }).press('Enter')
  await expect(page).toHaveURL(/\/cart$/)
  await changeStock(sql, offer, 1)

  await expect(page.getByText('Your items are reserved again.')).toBeVisible()
  await expect(page.getByText(/^Reserved for you: /)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Increase quantity/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Go to checkout' })).toBeVisible()
})

test('in the cart one tap takes a sibling of what is gone', async ({
  page,
  onTheShelf,
  letHoldsRunOut,
  sql,
}) => {
  const offer = await onTheShelf(1, 4)
  await putIntoCart(page, offer)
  await letHoldsRunOut(offer)
  await changeStock(sql, offer, -1)
  await page.goto('/cart')

  await page.getByRole('button', { name: 'Choose Rust instead' }).click()

  await expect(page.getByText('Rust', { exact: true })).toBeVisible()
  await expect(page.getByText('Chalk', { exact: true })).toHaveCount(0)
  await expect(page.getByText(/^Reserved for you: /)).toBeVisible()
})

test('a line at its longest hold shows when it can be held again, and can be ordered', async ({
  page,
  onTheShelf,
  letHoldsRunOut,
  sql,
}) => {
  const offer = await onTheShelf(2)
  await putIntoCart(page, offer)
  await letHoldsRunOut(offer)
  await sql`update public.cart_lines set held_since = now() - interval '31 minutes', held_until = now() - interval '1 second'
    where variant_id = any (${offer.variantIds})`

  await page.goto('/cart')

  await expect(page.getByText(/^You can order it now, or reserve it again from \d\d:\d\d\.$/)).toBeVisible()
  await expect(page.getByText('No longer reserved for you')).toBeVisible()
  await expect(page.getByText('Not enough left')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Reserve again' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Go to checkout' }).click()
  await page.getByLabel('Name').fill('Ada Lovelace')
  await page.getByLabel('E-mail').fill('ada@example.test')
  await page.getByRole('button', { name: /Place order/ }).click()
  await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
})

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('the checkout of a sold out line offers alternatives, and keeps the input', async ({
      page,
      onTheShelf,
      letHoldsRunOut,
      sql,
      ordersOf,
    }) => {
      const offer = await onTheShelf(1, 4)
      await goToCheckout(page, offer)
      await letHoldsRunOut(offer)
      await changeStock(sql, offer, -1)
      await page.getByRole('button', { name: /Place order/ }).click()
      await expect(page.getByRole('heading', { name: 'Your order is not placed yet.' })).toBeVisible()

      await page.getByRole('button', { name: 'Choose Rust instead' }).click()
      await expect(page.getByRole('heading', { name: 'Your cart is fixed.' })).toBeVisible()
      await expect(page.getByLabel('Name')).toHaveValue('Ada Lovelace')
      await page.getByRole('button', { name: /Place order/ }).click()

      await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
      await expect(page.getByRole('region', { name: 'Items' })).toContainText('Rust')
      expect(await ordersOf(offer)).toBe(1)
    })
  })
}
