import { makeAccount } from '@/e2e/support/accounts'
import { expect, signIn, test } from '@/e2e/support/fixtures'

test('a staff member is asked to sign in and returns to the page they wanted', async ({
  visit,
  staffMember,
}) => {
  const page = await visit('shopper')
  const { email, password } = await staffMember('viewer')

  await page.goto('/staff?band=low&q=jug')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.keyboard.press('Enter')

  await expect(page.getByRole('heading', { name: 'Inventory' })).toBeVisible()
  await expect(page).toHaveURL('/staff?band=low&q=jug')
  await expect(page.getByRole('searchbox')).toHaveValue('jug')
})

test('a wrong password is refused in words and the address stays', async ({ visit, staffMember }) => {
  const page = await visit('shopper')
  const { email } = await staffMember('viewer')

  await signIn(page, { id: '', email, password: 'guessed' })

  await expect(page.getByText('Wrong e-mail or password')).toBeVisible()
  await expect(page.getByLabel('E-mail')).toHaveValue(email)
})

test('signing in needs no JavaScript, and says what is wrong without it', async ({ visit, staffMember }) => {
  const page = await visit('shopper', { javaScriptEnabled: false })
  const account = await staffMember('stock')

  await signIn(page, { ...account, password: 'guessed' })
  await expect(page.getByText('Wrong e-mail or password')).toBeVisible()
  await signIn(page, account)

  await expect(page.getByRole('heading', { name: 'Inventory' })).toBeVisible()
  await expect(page.getByRole('alert')).toContainText('The staff pages need JavaScript.')
})

test('a signed-in customer is told that the account has no staff role, and may leave', async ({ visit }) => {
  const page = await visit('shopper', { javaScriptEnabled: false })
  const visitor = await makeAccount()

  await signIn(page, visitor)

  await expect(page.getByRole('heading', { name: 'Not a staff account' })).toBeVisible()
  await expect(page.getByText(visitor.email)).toBeVisible()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})

test('after signing out the back button shows no stock', async ({ visit, staffMember }) => {
  const page = await visit('shopper')
  await signIn(page, await staffMember('manager'))
  await expect(page.locator('table, [role=grid]')).toBeVisible()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()

  await page.goBack()

  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await expect(page.locator('table, [role=grid]')).toHaveCount(0)
})

test('a sign-in link cannot lead out of the shop', async ({ visit, staffMember }) => {
  const page = await visit('shopper')
  const { email, password } = await staffMember('viewer')

  await page.goto('/staff/sign-in?next=//evil.example/staff')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.keyboard.press('Enter')

  await expect(page.getByRole('heading', { name: 'Inventory' })).toBeVisible()
  await expect(page).toHaveURL('/staff')
})
