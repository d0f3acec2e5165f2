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

test('a guest deletes their details from a finished order, whose link then ends', async ({
  page,
  onTheShelf,
  sql,
}) => {
  await goToCheckout(page, await onTheShelf(2))
  await page.getByRole('button', { name: /Place order/ }).click()
  await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
  const orderId = page.url().split('/').at(-1) ?? ''
  await sql`select public.take_payment(${orderId}, ${randomUUID()})`
  await sql`select public.fulfil_order(${orderId}, ${shop}, ${randomUUID()})`
  await page.reload()

  await page.getByText('Delete my details', { exact: true }).first().click()
  await page.getByRole('checkbox', { name: 'Yes, delete my details' }).check()
  await page.getByRole('button', { name: 'Delete my details' }).click()

  await expect(page.getByRole('heading', { name: 'Details deleted' })).toBeVisible()
  const [order] = await sql`select name, token_hash from public.orders where id = ${orderId}`
  expect(order).toEqual({ name: 'Erased', token_hash: null })
})
