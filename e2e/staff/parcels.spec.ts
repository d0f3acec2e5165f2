import { expect } from '@/e2e/support/fixtures'
import { openOrder } from '@/e2e/support/order-queue'
import { expectReadable } from '@/e2e/support/readable'
import { goToCheckout, placeOrder, test } from '@/e2e/support/shopping'

test('a parcel is packed, sent with its tracking number and corrected, and its buyer follows each step', async ({
  visit,
  onTheShelf,
  sql,
}) => {
  const offer = await onTheShelf(2)
  const shopper = await visit('shopper', { viewport: { width: 390, height: 844 } })
  const packer = await visit('stock')
  await goToCheckout(shopper, offer)
  const number = await placeOrder(shopper)
  await sql`update public.orders set delivery = 'delivery', collect_at = null,
    address = '{"line1": "Elm Street 2", "postcode": "9000", "city": "Ghent", "country": "BE"}'
    where number = ${number}`

  await openOrder(packer, number)
  await packer.getByRole('button', { name: 'Start picking' }).click()
  await expect(shopper.getByRole('heading', { name: 'Being packed' })).toBeVisible()
  const scan = packer.getByRole('form', { name: 'Scan' })
  await scan.getByRole('textbox').fill(`MUG-${offer.path.slice('/products/mug-'.length)}-Chalk`)
  await packer.keyboard.press('Enter')
  await expect(shopper.getByRole('heading', { name: 'Ready to send' })).toBeVisible()
  await expect(packer.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()

  // A number alone is refused, with a reason, and what was typed stays.
  const send = packer.getByRole('form', { name: /^Send from/ })
  await send.getByLabel('Tracking number').fill('32 32 0123 45')
  await send.getByRole('button', { name: 'Mark as sent' }).click()
  await expect(send.getByRole('status')).toContainText('Enter the carrier')
  await send.getByLabel('Carrier').fill('bpost')
  await send.getByRole('button', { name: 'Mark as sent' }).click()
  await expect(shopper.getByRole('heading', { name: 'Order sent' })).toBeVisible()
  const tracking = shopper.getByRole('region', { name: 'Tracking' })
  await expect(tracking.getByRole('link', { name: 'Track with bpost: 3232012345' })).toHaveAttribute(
    'href',
    /^https:\/\/track\.bpost\.cloud\/.*3232012345/,
  )
  await expectReadable(shopper)

  const parcels = packer.getByRole('region', { name: 'Parcels' })
  await expect(parcels.getByRole('link', { name: '3232012345' })).toBeVisible()
  await expectReadable(packer)
  await parcels.getByText('Correct tracking').click()
  const correct = parcels.getByRole('form', { name: 'Correct tracking' })
  await correct.getByLabel('Carrier').fill('Bike of Bo')
  await correct.getByLabel('Tracking number').fill('bo-17')
  await correct.getByRole('button', { name: 'Save tracking' }).click()
  await expect(tracking.getByText('Bike of Bo, tracking number BO-17')).toBeVisible()
  await expect(tracking.getByRole('link')).toHaveCount(0)
  await expect(parcels.getByText('Bike of Bo BO-17')).toBeVisible()
  const history = packer.getByRole('region', { name: 'Order history' }).getByRole('listitem')
  await expect(history.first()).toContainText('Tracking changed: Bike of Bo, BO-17')
  await expect(history.nth(1)).toContainText('Fulfilled: bpost, 3232012345')

  await parcels.getByRole('button', { name: 'Mark as delivered' }).press('Enter')
  await expect(shopper.getByRole('heading', { name: 'Order delivered' })).toBeVisible()
  await parcels.getByRole('button', { name: 'Mark as not delivered' }).press('Enter')
  await expect(shopper.getByRole('heading', { name: 'Order sent' })).toBeVisible()
})
