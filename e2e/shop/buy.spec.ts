import { devices, type Page } from '@playwright/test'
import { expect } from '@/e2e/support/fixtures'
import { goToCheckout, test } from '@/e2e/support/shopping'

test.use({ viewport: devices['iPhone 13'].viewport })

/** Presses Tab until what is wanted has the focus, as a person without a pointer does. */
async function tabTo(
  page: Page,
  role: 'button' | 'link' | 'textbox' | 'radio',
  name: string | RegExp,
): Promise<void> {
  const wanted = page.getByRole(role, { name })
  await wanted.waitFor()
  for (let presses = 0; presses < 60; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${role} ${name} cannot be reached with Tab`)
}

test('a guest buys with the keyboard alone, at phone width', async ({ page, onTheShelf, ordersOf }) => {
  const offer = await onTheShelf(3)
  await page.goto(offer.path)

  await tabTo(page, 'button', 'Add to cart')
  await page.keyboard.press('Enter')
  await tabTo(page, 'link', 'View cart')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'In your cart' }).waitFor()
  await tabTo(page, 'button', `Increase quantity: ${offer.title}, Chalk`)
  await page.keyboard.press('Enter')
  await expect(page.getByText('€25.00').first()).toBeVisible()
  await tabTo(page, 'button', 'Go to checkout')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Checkout' }).waitFor()
  await expect(
    page.getByRole('radio', { name: /^Collect at the shop.*Everything is in stock here/ }),
  ).toBeChecked()
  await tabTo(page, 'textbox', 'Name')
  await page.keyboard.type('Ada Lovelace')
  await page.keyboard.press('Tab')
  await page.keyboard.type('ada@example.test')
  await page.keyboard.press('Enter')

  await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
  expect(await ordersOf(offer)).toBe(1)
})

test('at phone width nothing has to be scrolled sideways', async ({ page, onTheShelf }) => {
  const offer = await onTheShelf(1)
  await goToCheckout(page, offer)

  for (const path of [offer.path, '/cart', '/checkout']) {
    await page.goto(path)
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(beyond, path).toBe(0)
  }
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a guest buys, and pays at the counter', async ({ page, onTheShelf, ordersOf }) => {
    const offer = await onTheShelf(3)
    await page.goto(offer.path)
    await page.getByLabel('Quantity').selectOption('2')
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await expect(page.getByText('2 in your cart.')).toBeVisible()
    await page.getByRole('link', { name: 'View cart' }).click()
    await page.getByRole('button', { name: /^Decrease quantity/ }).click()
    await expect(page.getByText('€12.50').first()).toBeVisible()
    await page.getByRole('button', { name: 'Go to checkout' }).click()

    await page.getByLabel('Name').fill('Ada Lovelace')
    await page.getByRole('button', { name: /Place order/ }).click()
    await expect(page.getByRole('link', { name: 'E-mail' })).toBeVisible()
    await expect(page.getByLabel('Name')).toHaveValue('Ada Lovelace')
    await page.getByLabel('E-mail').fill('ada@example.test')
    await page.getByRole('button', { name: /Place order/ }).click()

    await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
    expect(await ordersOf(offer)).toBe(1)
  })

  test('a guest has it brought and pays online', async ({ page, onTheShelf }) => {
    const offer = await onTheShelf(1)
    await goToCheckout(page, offer)
    await page.getByLabel('Deliver to my address').check()
    await page.getByLabel('Street and house number').fill('1 Quay')
    await page.getByLabel('Postcode').fill('2000')
    await page.getByLabel('Town or city').fill('Antwerp')
    await page.getByRole('button', { name: /Place order/ }).click()
    await page.getByRole('button', { name: /^Pay €/ }).click()

    await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
    await expect(page.getByText('It is paid.')).toBeVisible()
  })
})

test('a visitor who only reads gets no cookie', async ({ page, context, onTheShelf }) => {
  const offer = await onTheShelf(1)
  for (const path of ['/', offer.path, '/cart', '/checkout']) await page.goto(path)

  expect(await context.cookies()).toEqual([])
})
