import { expect } from '@/e2e/support/fixtures'
import { openOrder } from '@/e2e/support/order-queue'
import { expectReadable } from '@/e2e/support/readable'
import { goToCheckout, placeOrder, test } from '@/e2e/support/shopping'

test('a buyer withdraws from a collected order by keys at 390 px, and staff see it until they settle it', async ({
  visit,
  onTheShelf,
  sql,
}) => {
  const offer = await onTheShelf(2)
  const shopper = await visit('shopper', { viewport: { width: 390, height: 844 } })
  await goToCheckout(shopper, offer)
  const number = await placeOrder(shopper)
  await sql`select public.take_payment(id, gen_random_uuid()) from public.orders where number = ${number}`
  await sql`select public.fulfil_order(id, collect_at, gen_random_uuid())
    from public.orders where number = ${number}`
  await expect(shopper.getByRole('heading', { name: 'Order collected' })).toBeVisible()

  await shopper.getByRole('link', { name: 'Withdraw from the contract' }).press('Enter')
  await expect(shopper.getByText('14 days after you receive the goods', { exact: false })).toBeVisible()
  await expectReadable(shopper)
  await shopper.screenshot({ path: 'test-results/withdraw-390.png', fullPage: true })
  await shopper.getByLabel('Only these items (optional)').fill('The chalk mug')
  await shopper.getByRole('button', { name: 'Confirm withdrawal' }).press('Enter')
  await expect(
    shopper.getByText('We sent you an e-mail with the date and time', { exact: false }),
  ).toBeVisible()
  await expectReadable(shopper)

  const staff = await visit('stock')
  await openOrder(staff, number)
  const attention = staff.getByRole('region', { name: 'Needs attention' })
  await expect(attention.getByText('Customer withdrew.')).toBeVisible()
  await expect(staff.getByText('Customer withdrew from the contract: The chalk mug')).toBeVisible()
  await expectReadable(staff)
  await attention.getByRole('button', { name: 'Mark withdrawal as settled' }).press('Enter')
  await expect(staff.getByText('Withdrawal settled')).toBeVisible()
})
