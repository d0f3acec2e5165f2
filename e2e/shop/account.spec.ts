import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { devices, type Page } from '@playwright/test'
import { expect } from '@/e2e/support/fixtures'
import { goToCheckout, putIntoCart, test } from '@/e2e/support/shopping'

test.use({ viewport: devices['iPhone 13'].viewport })

const password = 'a-long-password'
const anAddress = () => `${randomUUID()}@example.test`

/** The router keeps the last pages hidden in the document, with their fields. */
async function fillIn(page: Page, email: string, typed = password): Promise<void> {
  await page.getByLabel('E-mail').filter({ visible: true }).fill(email)
  await page.getByLabel('Password').filter({ visible: true }).fill(typed)
}

async function makeAccount(page: Page, email: string): Promise<void> {
  await page.goto('/account/sign-up')
  await fillIn(page, email)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: 'Your orders' })).toBeVisible()
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test("a new account keeps the guest's cart, and has it and its orders on another device", async ({
      page,
      browser,
      onTheShelf,
    }) => {
      const [offer, bowl] = [await onTheShelf(1), await onTheShelf(1)]
      const email = anAddress()
      await putIntoCart(page, offer)
      await page.goto('/account/sign-up?next=/cart')
      await fillIn(page, email, 'short')
      await page.getByRole('button', { name: 'Create account' }).click()
      await expect(page.getByText('at least 10 characters.')).toBeVisible()
      await expect(page.getByLabel('E-mail')).toHaveValue(email)
      await fillIn(page, email)
      await page.getByRole('button', { name: 'Create account' }).click()

      await expect(page.getByRole('heading', { name: offer.title })).toBeVisible()
      await expect(page.getByText(/^Reserved for you/)).toBeVisible()
      await page.getByRole('button', { name: 'Go to checkout' }).click()
      await expect(page.getByLabel('E-mail')).toHaveValue(email)
      await page.getByLabel('Name').fill('Ada Lovelace')
      await page.getByRole('button', { name: /Place order/ }).click()
      await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
      const order = page.url()

      const elsewhere = await (await browser.newContext({ javaScriptEnabled })).newPage()
      await putIntoCart(elsewhere, bowl)
      expect((await elsewhere.goto(order))?.status()).toBe(404)
      await elsewhere.goto('/account')
      await fillIn(elsewhere, email)
      await elsewhere.getByRole('button', { name: 'Sign in' }).click()
      await elsewhere.getByRole('link', { name: offer.title }).click()
      await expect(elsewhere.getByRole('heading', { name: 'Order placed' })).toBeVisible()
      await page.goto('/cart')
      await expect(page.getByRole('heading', { name: bowl.title })).toBeVisible()
      await elsewhere.context().close()
    })
  })
}

test('a wrong password is refused in words, and an address that has an account makes no second one', async ({
  page,
}) => {
  const email = anAddress()
  await makeAccount(page, email)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL('/')

  await page.goto('/account/sign-in')
  await fillIn(page, email, 'another-password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('Wrong e-mail or password')).toBeVisible()
  await page.goto('/account/sign-up')
  await fillIn(page, email)
  await page.getByRole('button', { name: 'Create account' }).click()

  await expect(page.getByText('This address already has an account.')).toBeVisible()
})

test('an order made as a guest is kept in the account, and stays when one signs out', async ({
  page,
  onTheShelf,
}) => {
  const offer = await onTheShelf(1)
  await goToCheckout(page, offer)
  await page.getByRole('button', { name: /Place order/ }).click()
  await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
  const order = page.url()
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: 'Create account' })).toBeVisible()
  await fillIn(page, anAddress(), 'short')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByText('at least 10 characters.')).toBeVisible()
  await fillIn(page, anAddress())
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
  expect(page.url()).toBe(order)

  await page.getByRole('button', { name: 'Add order to my account' }).click()
  await expect(page.getByRole('button', { name: 'Add order to my account' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Account', exact: true }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download my data' }).click()
  expect(readFileSync(await (await download).path(), 'utf8')).toContain(offer.title)
  await page.getByRole('link', { name: offer.title }).click()
  await page.getByRole('button', { name: 'Order again' }).click()
  await expect(page.getByText(/None of those items can be ordered now\.|is in your cart/)).toBeVisible()
  await page.goto('/account')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL('/')
  await page.goto('/account')

  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a person deletes their account: the session ends and the reserved item is free again', async ({
      page,
      onTheShelf,
    }) => {
      const offer = await onTheShelf(1)
      const email = anAddress()
      await makeAccount(page, email)
      await putIntoCart(page, offer)
      await page.goto('/account')
      await page.getByText('Delete account').first().click()
      await page.getByLabel('Delete my account for good').check()
      await page.getByRole('button', { name: 'Delete account' }).click()

      await expect(page.getByText('Your account is deleted.')).toBeVisible()
      await fillIn(page, email)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await expect(page.getByText('Wrong e-mail or password')).toBeVisible()
      await putIntoCart(page, offer)
    })
  })
}

test('a sign-in link cannot lead out of the shop', async ({ page }) => {
  await page.goto('/account/sign-up?next=//evil.example/account')
  await fillIn(page, anAddress())
  await page.getByRole('button', { name: 'Create account' }).click()

  await expect(page.getByRole('heading', { name: 'Your orders' })).toBeVisible()
})

test('a page whose session has ended offers to sign in, and returns after it', async ({
  page,
  onTheShelf,
}) => {
  const offer = await onTheShelf(1)
  const email = anAddress()
  await makeAccount(page, email)
  await goToCheckout(page, offer)
  await page.getByRole('button', { name: /Place order/ }).click()
  await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
  const order = page.url()
  const [account, other] = [await page.context().newPage(), await page.context().newPage()]
  for (const each of [account, other]) await each.goto('/account')

  await other.getByRole('button', { name: 'Sign out' }).click()
  await expect(other).toHaveURL('/')

  for (const ended of [page, account]) {
    await ended.bringToFront()
    // A browser that is driven shows all its tabs, and reports none as shown again.
    await ended.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
    await expect(ended.getByText('You are signed out. Sign in')).toBeVisible()
  }
  await page.bringToFront()
  await page.getByText('You are signed out. Sign in').getByRole('link').click()
  await fillIn(page, email)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
  expect(page.url()).toBe(order)
})
