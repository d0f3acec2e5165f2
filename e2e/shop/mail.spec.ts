import { expect } from '@/e2e/support/fixtures'
import { hasMailbox, linkIn, messageWith } from '@/e2e/support/mailbox'
import { goToCheckout, placeOrder, test } from '@/e2e/support/shopping'

// Another Supabase has no mailbox to read.
test.skip(!hasMailbox, 'only the embedded Supabase has a mailbox')

test('a guest gets a confirmation by e-mail, and its link opens the order on another device', async ({
  visit,
  onTheShelf,
}) => {
  const shopper = await visit('shopper')
  await goToCheckout(shopper, await onTheShelf(2))
  const number = await placeOrder(shopper)

  await expect
    .poll(() => messageWith(new RegExp(number)), { timeout: 15_000 })
    .toMatchObject({
      to: 'ada@example.test',
      subject: `Order ${number}: thank you for your order`,
    })
  const link = await linkIn(/https?:\S+\/key\/\S+/, new RegExp(number))

  const phone = await visit('shopper', { viewport: { width: 390, height: 844 } })
  await phone.goto(link)
  await expect(phone.getByRole('heading', { name: 'Order placed' })).toBeVisible()
  await expect(phone.getByText(`Order ${number}`, { exact: true })).toBeVisible()
  expect(phone.url()).not.toContain('/key/')
})

test('a manager sees which e-mails failed, and sends one again', async ({ visit, onTheShelf, sql }) => {
  const shopper = await visit('shopper')
  await goToCheckout(shopper, await onTheShelf(2))
  const number = await placeOrder(shopper)
  await expect.poll(() => messageWith(new RegExp(number)), { timeout: 15_000 }).toBeDefined()
  await sql`update private.mail set status = 'failed', error = '550 mailbox full', settled_at = private.clock()
    from public.order_events as event join public.orders on orders.id = event.order_id
    where event.id = mail.event_id and orders.number = ${number} and mail.status = 'sent'`

  const manager = await visit('manager')
  await manager.goto('/staff/orders')
  await manager.getByRole('link', { name: 'E-mails' }).click()
  await expect(manager.getByRole('heading', { name: 'E-mails' })).toBeVisible()
  await expect(manager.getByRole('listitem').filter({ hasText: `Order ${number}` })).toContainText(
    '550 mailbox full',
  )
  await manager.getByRole('checkbox', { name: `Select: Order confirmation, order ${number}` }).check()
  await manager.getByRole('button', { name: 'Send selected again' }).click()
  await expect(manager.getByRole('checkbox', { name: `order ${number}` })).toHaveCount(0)
  await expect
    .poll(
      async () =>
        (
          await sql`select mail.status from private.mail
      join public.order_events as event on event.id = mail.event_id
      join public.orders on orders.id = event.order_id where orders.number = ${number}`
        )[0]?.status,
    )
    .toBe('sent')
})
