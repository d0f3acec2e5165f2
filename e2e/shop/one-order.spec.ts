import { expect } from '@/e2e/support/fixtures'
import { goToCheckout, test } from '@/e2e/support/shopping'

const ordered = { name: 'Order placed' }

test('a double click makes one order', async ({ page, onTheShelf, ordersOf }) => {
  const offer = await onTheShelf(3)
  await goToCheckout(page, offer)

  await page.getByRole('button', { name: /Place order/ }).dblclick()

  await expect(page.getByRole('heading', ordered)).toBeVisible()
  expect(await ordersOf(offer)).toBe(1)
})

test('the back button and a second press make one order', async ({ page, onTheShelf, ordersOf }) => {
  const offer = await onTheShelf(3)
  await goToCheckout(page, offer)
  await page.getByRole('button', { name: /Place order/ }).click()
  await expect(page.getByRole('heading', ordered)).toBeVisible()

  await page.goBack()
  const again = page.getByRole('button', { name: /Place order/ })
  const lastOrder = page.getByRole('link', { name: 'View your last order' })
  await expect(again.or(lastOrder)).toBeVisible()
  await ((await again.isVisible()) ? again : lastOrder).click()

  await expect(
    page.getByRole('heading', ordered).or(page.getByText('You were not charged twice')),
  ).toBeVisible()
  expect(await ordersOf(offer)).toBe(1)
})

test('two tabs make one order, and the other one is told which', async ({
  page,
  context,
  onTheShelf,
  ordersOf,
}) => {
  const offer = await onTheShelf(3)
  await goToCheckout(page, offer)
  const other = await context.newPage()
  await other.goto('/checkout')
  await other.getByLabel('Name').fill('Ada Lovelace')
  await other.getByLabel('E-mail').fill('ada@example.test')
  await page.getByRole('button', { name: /Place order/ }).click()
  await expect(page.getByRole('heading', ordered)).toBeVisible()

  await other.getByRole('link', { name: 'View your last order' }).click()

  await expect(other.getByRole('heading', ordered)).toBeVisible()
  expect(await ordersOf(offer)).toBe(1)
})

test('a reply that is lost on the way is asked for again and makes one order', async ({
  page,
  onTheShelf,
  ordersOf,
}) => {
  const offer = await onTheShelf(3)
  await goToCheckout(page, offer)
  let lost = 0
  await page.route('**/checkout', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue()
    lost += 1
    await route.fetch({ maxRedirects: 0 })
    await route.abort('connectionreset')
  })

  await page.getByRole('button', { name: /Place order/ }).click()

  await expect(page.getByRole('heading', ordered)).toBeVisible()
  expect(lost).toBe(1)
  expect(await ordersOf(offer)).toBe(1)
})
