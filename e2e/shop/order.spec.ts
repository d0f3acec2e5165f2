import { randomUUID } from 'node:crypto'
import { expect } from '@/e2e/support/fixtures'
import { goToCheckout, test } from '@/e2e/support/shopping'

const shop = '30000000-0000-4000-8000-000000000001'

test('changes to an order show on the buyer’s open page without a reload', async ({
  page,
  onTheShelf,
  sql,
}) => {
  const offer = await onTheShelf(2)
  await goToCheckout(page, offer)
  await page.getByRole('button', { name: /Place order/ }).click()
  await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
  const orderId = page.url().split('/').at(-1) ?? ''

  await sql`select public.fulfil_order(${orderId}, ${shop}, ${randomUUID()})`

  await expect(page.getByRole('heading', { name: 'Order collected' })).toBeVisible()
  await expect(page.getByText('1 collected')).toBeVisible()
  await expect(page.getByText('Cancel order')).toHaveCount(0)
})
