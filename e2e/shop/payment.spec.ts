import { expect } from '@/e2e/support/fixtures'
import { goToCheckout, test } from '@/e2e/support/shopping'

test.beforeEach(async ({ page, onTheShelf }) => {
  await goToCheckout(page, await onTheShelf(1))
  await page.getByLabel('Pay online now').check()
  await page.getByRole('button', { name: /Place order/ }).click()
})

test('a declined payment can be tried again', async ({ page }) => {
  await page.getByRole('button', { name: 'Decline' }).click()
  await expect(page.getByRole('heading', { name: 'Payment declined' })).toBeVisible()

  await page.getByRole('link', { name: 'Pay now' }).click()
  await page.getByRole('button', { name: /^Pay €/ }).click()

  await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
})

test('a second payment in progress is not called declined, and "Back" shows no button that pays again', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'Decline' }).click()
  await expect(page.getByRole('heading', { name: 'Payment declined' })).toBeVisible()
  await page.getByRole('link', { name: 'Pay now' }).click()
  await page.getByRole('button', { name: 'Never respond' }).click()

  await expect(page.getByRole('heading', { name: 'Awaiting payment' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Pay now' })).toHaveCount(0)
  await expect(page.getByText('You were not charged.')).toHaveCount(0)
  await page.goBack()
  await expect(page.getByText('Your payment is in progress.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Pay/ })).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Awaiting payment' })).toBeVisible()
})

test('an answer that comes late shows on the open page', async ({ page }) => {
  await page.getByRole('button', { name: 'Pay, respond late' }).click()
  await expect(page.getByRole('heading', { name: 'Awaiting payment' })).toBeVisible()

  await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible({ timeout: 30_000 })
})

test('answers that come twice or out of order count once', async ({ page }) => {
  await page.getByRole('button', { name: 'Respond out of order' }).click()

  await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
  await expect(page.getByText('Payment declined')).toHaveCount(0)
})

test('a paid order is refunded when it is cancelled', async ({ page }) => {
  await page.getByRole('button', { name: 'Pay, respond twice' }).click()
  await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()

  await page.getByText('Cancel order', { exact: true }).click()
  await page.getByRole('button', { name: 'Yes, cancel order' }).click()

  await expect(page.getByRole('heading', { name: 'Order cancelled' })).toBeVisible()
  await expect(page.getByText('€12.50 has been refunded.')).toBeVisible()
})

test('the secret link opens the order elsewhere, and its address without the secret does not', async ({
  page,
  browser,
}) => {
  await page.getByRole('button', { name: /^Pay €/ }).click()
  const secretLink = await page.getByText(/\/key\//).textContent()
  const visitor = await browser.newPage()

  expect((await visitor.goto(page.url()))?.status()).toBe(404)
  await visitor.goto(secretLink ?? '')

  await expect(visitor.getByRole('heading', { name: 'Order placed' })).toBeVisible()
  expect(visitor.url()).not.toContain('key')
  await visitor.close()
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
