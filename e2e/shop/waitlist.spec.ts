import { randomUUID } from 'node:crypto'
import { expect } from '@/e2e/support/fixtures'
import { changeStock, test } from '@/e2e/support/shopping'

test('a guest joins the waitlist of a sold-out variant without JavaScript, and the next unit is reserved for them', async ({
  visit,
  onTheShelf,
  sql,
}) => {
  const email = `${randomUUID()}@example.test`
  const offer = await onTheShelf(1)
  await changeStock(sql, offer, -1)
  const guest = await visit('shopper', { javaScriptEnabled: false })
  await guest.goto(offer.path)
  await guest.getByRole('link', { name: 'Join waitlist' }).click()
  await guest.getByLabel('E-mail').fill(email)
  await guest.getByRole('button', { name: 'Join waitlist' }).click()
  await expect(guest.getByText('Check your e-mail.')).toBeVisible()

  // The secret of an e-mail, as its link has it.
  const [entry] = await sql`select private.new_waitlist_link(id) as token
    from private.waitlist where email = ${email}`
  await guest.goto(`/waitlist/key/${entry?.token}`)
  await guest.getByRole('button', { name: 'Confirm and join' }).click()
  await expect(guest.getByText('You are next.')).toBeVisible()
  expect(guest.url()).not.toContain('/key/')

  await changeStock(sql, offer, 1)
  const rival = await visit('shopper')
  await rival.goto(offer.path)
  await expect(rival.getByRole('button', { name: 'Sold out' })).toBeVisible()

  await guest.reload()
  await expect(guest.getByText(/Reserved for you until/)).toBeVisible()
  await guest.getByRole('button', { name: 'Add to cart' }).click()
  await expect(guest.getByRole('heading', { level: 1 })).toHaveText('In your cart')
  await expect(guest.getByText(/Reserved/).first()).toBeVisible()

  const staff = await visit('viewer')
  await staff.goto(`/staff/variants/${offer.variantIds[0]}`)
  await expect(staff.getByText('The waitlist is empty.')).toBeVisible()
})
