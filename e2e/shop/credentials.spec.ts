import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { makeAccount } from '@/e2e/support/accounts'
import { expect } from '@/e2e/support/fixtures'
import { hasMailbox, linkIn } from '@/e2e/support/mailbox'
import { test } from '@/e2e/support/shopping'

// Another Supabase has no mailbox to read.
test.skip(!hasMailbox, 'only the embedded Supabase has a mailbox')

const accountLink = /https?:\S+\/account\/\S+/

async function signInAt(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/account/sign-in')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('a forgotten password is replaced by a link in an e-mail, which works once and without JavaScript', async ({
  visit,
}) => {
  const { email } = await makeAccount()
  const page = await visit('shopper', { javaScriptEnabled: false })
  await page.goto('/account/sign-in')
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  for (const address of [`${randomUUID()}@example.test`, email]) {
    await page.getByLabel('E-mail').fill(address)
    await page.getByRole('button', { name: 'Send link' }).click()
    await expect(page.getByText('If this address has an account')).toBeVisible()
  }

  const link = await linkIn(accountLink, /choose a new password/, email)
  await page.goto(link)
  await page.getByLabel('New password').fill('another-long-password')
  await page.getByRole('button', { name: 'Set new password' }).click()
  await expect(page.getByText('Your password was changed.')).toBeVisible()

  const other = await visit('shopper')
  await other.goto(link)
  await other.getByLabel('New password').fill('a-third-long-password')
  await other.getByRole('button', { name: 'Show password' }).press('Enter')
  await expect(other.getByLabel('New password')).toHaveAttribute('type', 'text')
  await other.getByRole('button', { name: 'Set new password' }).click()
  await expect(other.getByText('This link was used or has expired.')).toBeVisible()
  await signInAt(other, email, 'another-long-password')
  await expect(other.getByRole('heading', { name: 'Your orders' })).toBeVisible()
})

test('an address changes when both mailboxes have confirmed it, and needs the password', async ({
  visit,
}) => {
  const { email, password } = await makeAccount()
  const next = `${randomUUID()}@example.test`
  const page = await visit('shopper')
  await signInAt(page, email, password)
  await page.getByRole('link', { name: 'Your details' }).click()
  const section = page.getByRole('region', { name: 'Change e-mail address' })
  for (const typed of ['a-wrong-password', password]) {
    await section.getByLabel('New e-mail address').fill(next)
    await section.getByLabel('Current password').fill(typed)
    await section.getByRole('button', { name: 'Change e-mail address' }).click()
    const said = typed === password ? 'If the new address is free' : 'The current password is wrong.'
    await expect(page.getByText(said)).toBeVisible()
  }

  await page.goto(await linkIn(accountLink, /approve the change/, email))
  await page.getByRole('button', { name: 'Confirm address' }).click()
  await expect(page.getByText('Now open the link in the e-mail to your other address.')).toBeVisible()
  await page.goto(await linkIn(accountLink, /confirm your new/, next))
  await page.getByRole('button', { name: 'Confirm address' }).click()
  await expect(page.getByText('Your address is confirmed.')).toBeVisible()
  await page.goto('/account/details')
  await expect(page.getByText(`Signed in as ${next}`)).toBeVisible()
})

test('an unconfirmed account asks for its e-mail again, and is confirmed by its link', async ({ visit }) => {
  const { email, password } = await makeAccount({ isConfirmed: false })
  const page = await visit('shopper')
  await signInAt(page, email, password)
  await expect(page.getByText('This address is not confirmed yet.')).toBeVisible()
  await page.getByRole('link', { name: 'Send the confirmation again' }).click()
  // The page before has a field of the same name, for as long as it is shown.
  await expect(page.getByRole('heading', { name: 'Confirm your address' })).toBeVisible()
  await page.getByLabel('E-mail').filter({ visible: true }).fill(email)
  await page.getByRole('button', { name: 'Send link' }).click()
  await expect(page.getByText('If this address has an account')).toBeVisible()

  await page.goto(await linkIn(accountLink, /confirm your e-mail address/, email))
  await page.getByRole('button', { name: 'Confirm address' }).click()
  await page.getByRole('link', { name: 'Sign in' }).filter({ visible: true }).last().click()
  await page.getByLabel('E-mail').filter({ visible: true }).fill(email)
  await page.getByLabel('Password').filter({ visible: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Your orders' })).toBeVisible()
})
