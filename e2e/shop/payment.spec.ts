import { expect } from '@/e2e/support/fixtures'
import { goToCheckout, test } from '@/e2e/support/shopping'

test.beforeEach(async ({ page, onTheShelf }) => {
  await goToCheckout(page, await onTheShelf(1))
  await page.getByLabel('Online, now').check()
  await page.getByRole('button', { name: /Place the order/ }).click()
})

test('a declined payment can be tried again', async ({ page }) => {
  await page.getByRole('button', { name: 'Decline' }).click()
  await expect(page.getByRole('heading', { name: 'The payment was declined.' })).toBeVisible()

  await page.getByRole('link', { name: 'Pay now' }).click()
  await page.getByRole('button', { name: /^Pay €/ }).click()

  await expect(page.getByRole('heading', { name: 'It is ordered.' })).toBeVisible()
})

test('an answer that comes late shows on the open page', async ({ page }) => {
  await page.getByRole('button', { name: 'Pay, but answer late' }).click()
  await expect(page.getByRole('heading', { name: 'Waiting for the payment.' })).toBeVisible()

  await expect(page.getByRole('heading', { name: 'It is ordered.' })).toBeVisible({ timeout: 30_000 })
})

test('answers that come twice or out of order count once', async ({ page }) => {
  await page.getByRole('button', { name: 'Answer out of order' }).click()

  await expect(page.getByRole('heading', { name: 'It is ordered.' })).toBeVisible()
  await expect(page.getByText('The payment was declined')).toHaveCount(0)
})

test('what was paid goes back when the order is called off', async ({ page }) => {
  await page.getByRole('button', { name: 'Pay, and answer twice' }).click()
  await expect(page.getByRole('heading', { name: 'It is ordered.' })).toBeVisible()

  await page.getByText('Call it off', { exact: true }).click()
  await page.getByRole('button', { name: 'Yes, call it off' }).click()

  await expect(page.getByRole('heading', { name: 'Called off.' })).toBeVisible()
  await expect(page.getByText('€12.50 were given back to you.')).toBeVisible()
})

test('the secret link opens the order elsewhere, and its address without the secret does not', async ({
  page,
  browser,
}) => {
  await page.getByRole('button', { name: /^Pay €/ }).click()
  const secretLink = await page.getByText(/\/key\//).textContent()
  const stranger = await browser.newPage()

  expect((await stranger.goto(page.url()))?.status()).toBe(404)
  await stranger.goto(secretLink ?? '')

  await expect(stranger.getByRole('heading', { name: 'It is ordered.' })).toBeVisible()
  expect(stranger.url()).not.toContain('key')
  await stranger.close()
})

test('a webhook that the provider did not sign is turned away', async ({ request }) => {
  const forged = {
    provider: 'sandbox',
    event_id: 'forged',
    payment_id: '00000000-0000-4000-8000-000000000000',
    kind: 'captured',
    amount_minor: 1,
  }

  const answer = await request.post('/api/payments/sandbox', {
    headers: { 'x-sandbox-signature': 'ab'.repeat(32) },
    data: forged,
  })

  expect(answer.status()).toBe(403)
})
