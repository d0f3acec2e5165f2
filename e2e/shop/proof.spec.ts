import { expect } from '@/e2e/support/fixtures'
import { goToCheckout, test } from '@/e2e/support/shopping'

const aboveTheLimit = 60_000

test('a large unpaid order is placed automatically after one proof of work', async ({
  page,
  onTheShelf,
  ordersOf,
  sql,
}) => {
  const offer = await onTheShelf(1)
  await sql`update public.variants set price_minor = ${aboveTheLimit} where id = any (${offer.variantIds})`
  await goToCheckout(page, offer)
  let sent = 0
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/checkout')) sent += 1
  })

  await page.getByRole('button', { name: /Place order/ }).click()

  await expect(page.getByText('Checking your order.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible({ timeout: 60_000 })
  expect(sent).toBe(2)
  expect(await ordersOf(offer)).toBe(1)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a large unpaid order is refused with the way on', async ({ page, onTheShelf, ordersOf, sql }) => {
    const offer = await onTheShelf(1)
    await sql`update public.variants set price_minor = ${aboveTheLimit} where id = any (${offer.variantIds})`
    await goToCheckout(page, offer)
    await page.getByRole('button', { name: /Place order/ }).click()

    await expect(page.getByRole('alert').filter({ hasText: 'Your order is not placed yet' })).toContainText(
      'Turn on JavaScript, or sign in',
    )
    await expect(page.getByRole('link', { name: 'Sign in to place order' })).toBeVisible()
    expect(await ordersOf(offer)).toBe(0)
  })
})
