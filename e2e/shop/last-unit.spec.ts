import { verdictOf, watchStock } from '@/e2e/support/eyewitness'
import { expect } from '@/e2e/support/fixtures'
import { changeStock, goToCheckout, test } from '@/e2e/support/shopping'

test('a slower shopper sees the last one sell out under the finger within a second, without losing the focus', async ({
  page,
  browser,
  sql,
  onTheShelf,
}) => {
  const offer = await onTheShelf(1)
  const rival = await browser.newPage()
  const phone = await browser.newPage({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  for (const slower of [page, phone]) {
    await watchStock(slower)
    await slower.goto(offer.path)
    await expect(slower.getByText('1 left').first()).toBeVisible()
    await slower.getByRole('button', { name: 'Add to cart' }).focus()
  }

  await rival.goto(offer.path)
  await rival.getByRole('button', { name: 'Add to cart' }).click()
  await expect(rival.getByText('1 in your cart.')).toBeVisible()

  const [shelf] =
    await sql`select updated_at from public.shelf where variant_id = ${offer.variantIds[0] ?? null}`
  const soldAt = Number(shelf?.updated_at)
  for (const slower of [page, phone]) {
    const button = slower.getByRole('main').getByRole('button', { name: 'Sold out' })
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await expect(button).toBeFocused()
    const { recoveredMs } = await verdictOf(slower, [{ left: 0, at: soldAt }], soldAt)
    expect(recoveredMs, 'from the sale to the words').toBeLessThan(1_000)
  }
  await Promise.all([rival.close(), phone.close()])
})

test('a shopper who wants too many sees how many are left, and gets them in one tap', async ({
  page,
  sql,
  onTheShelf,
}) => {
  const offer = await onTheShelf(5, 4)
  await page.goto(offer.path)
  await expect(page.getByLabel('Quantity').getByRole('option')).toHaveCount(5)
  await page.getByLabel('Quantity').selectOption('5')
  await changeStock(sql, offer, -3)
  await page.getByRole('button', { name: 'Add to cart' }).click()

  await expect(page.getByText('Only 2 in stock.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Rust', exact: true }).last()).toBeVisible()
  await expect(page.getByRole('link', { name: /^Cart/ })).toContainText('0')
  await page.getByRole('button', { name: 'Add 2 instead' }).click()

  await expect(page.getByText('2 in your cart.')).toBeVisible()
})

test('a shopper who lost a hold to another one sees it before paying, and the units left', async ({
  page,
  browser,
  letHoldsRunOut,
  onTheShelf,
  ordersOf,
}) => {
  const offer = await onTheShelf(1)
  await goToCheckout(page, offer)
  await letHoldsRunOut(offer)
  const rival = await (await browser.newContext()).newPage()
  await goToCheckout(rival, offer)
  await rival.getByRole('button', { name: /Place order/ }).click()
  await expect(rival.getByRole('heading', { name: 'Order placed' })).toBeVisible()

  await page.getByRole('button', { name: /Place order/ }).click()

  await expect(page.getByRole('alert').filter({ hasText: 'Your order is not placed yet' })).toContainText(
    'Someone else just bought the last one.',
  )
  await expect(page.getByLabel('Name')).toHaveValue('Ada Lovelace')
  expect(await ordersOf(offer)).toBe(1)
  await rival.close()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('an expired line is marked in the cart and held again with one tap', async ({
    page,
    letHoldsRunOut,
    onTheShelf,
  }) => {
    const offer = await onTheShelf(2)
    await goToCheckout(page, offer)
    await letHoldsRunOut(offer)
    await page.goto('/cart')
    await expect(page.getByText('No longer reserved for you', { exact: true })).toBeVisible()

    await page.getByRole('button', { name: 'Reserve again' }).click()

    await expect(page.getByText(/Reserved for you: 9/)).toBeVisible()
  })
})
