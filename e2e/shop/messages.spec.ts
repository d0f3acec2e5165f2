import { expect } from '@/e2e/support/fixtures'
import { expectReadable } from '@/e2e/support/readable'
import { goToCheckout, placeOrder, putIntoCart, test } from '@/e2e/support/shopping'

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('a guest asks about a product, and staff answer by keyboard while both watch', async ({
    visit,
    onTheShelf,
  }) => {
    const offer = await onTheShelf(4)
    const guest = await visit('shopper', { viewport: { width: 390, height: 844 } })
    await putIntoCart(guest, offer)
    await guest.getByRole('link', { name: 'Ask about this product' }).click()
    await guest.getByLabel('Your question').fill('Does it fit a dishwasher?')
    await guest.keyboard.press('Tab')
    await guest.keyboard.press('Enter')
    await expect(guest.getByRole('heading', { level: 1 })).toContainText(offer.title)
    const log = guest.getByRole('log', { name: 'Messages' })
    await expect(log).toContainText('Does it fit a dishwasher?')

    const staff = await visit('stock', { viewport: { width: 390, height: 844 } })
    await staff.goto('/staff/messages')
    await staff.getByRole('link', { name: offer.title }).focus()
    await staff.keyboard.press('Enter')
    await expect(staff.getByRole('heading', { level: 1 })).toContainText(offer.title)
    // The stock and the cart of the shopper are beside it, with what is held.
    await expect(staff.getByRole('region', { name: 'Product' })).toContainText('3 available')
    await expect(staff.getByRole('region', { name: 'Cart' })).toContainText(/Held for \d+:\d\d/)
    await staff.getByLabel('Your answer').fill('A regular customer.')
    await staff.getByRole('button', { name: 'Add internal note' }).focus()
    await staff.keyboard.press('Enter')
    await expect(staff.getByRole('log')).toContainText('internal note')
    await expect(staff.getByLabel('Your answer')).toHaveValue('')
    await staff.getByLabel('Your answer').fill('Yes, up to 60 °C.')
    await staff.getByRole('button', { name: 'Send reply' }).focus()
    await staff.keyboard.press('Enter')

    await expect(log).toContainText('Yes, up to 60 °C.')
    await expect(log).not.toContainText('A regular customer.')
    await expect(guest.getByText('The shop has answered.')).toBeVisible()
    await expect(staff.getByText(/Pending\. Assigned to/)).toBeVisible()

    await guest.getByLabel('Your message').fill('Thank you!')
    await guest.getByRole('button', { name: 'Send' }).click()
    await expect(guest.getByLabel('Your message')).toHaveValue('')
    await expect(staff.getByRole('log')).toContainText('Thank you!')
    await staff.getByRole('button', { name: 'Resolve' }).click()
    await expect(guest.getByText('This conversation is resolved.')).toBeVisible()

    for (const page of [guest, staff]) await expectReadable(page)
    await guest.goto('/messages')
    await expectReadable(guest)
    await guest.goto('/messages/new')
    await expectReadable(guest)
    await staff.goto('/staff/messages?status=resolved')
    await expectReadable(staff)
    for (const page of [guest, staff]) {
      await page.goBack()
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.setViewportSize({ width: 1440, height: 900 })
      await expectReadable(page)
    }
  })
})

test('a guest asks about their order and goes on, without JavaScript', async ({ visit, onTheShelf, sql }) => {
  const offer = await onTheShelf(2)
  const guest = await visit('shopper', { javaScriptEnabled: false })
  await goToCheckout(guest, offer)
  const number = await placeOrder(guest)
  await guest.getByRole('link', { name: 'Ask about this order' }).click()
  await guest.getByLabel('Your question').fill('When is it ready?')
  await guest.getByRole('button', { name: 'Send question' }).click()
  await expect(guest.getByRole('heading', { level: 1 })).toHaveText(`Messages: Order ${number}`)
  const id = guest.url().split('/').at(-1) ?? ''

  await sql`select public.answer_shopper(${id}, 'Tomorrow.', gen_random_uuid())`
  await guest.reload()
  await expect(guest.getByRole('log')).toContainText('Tomorrow.')
  await guest.getByLabel('Your message').fill('Fine.')
  await guest.getByRole('button', { name: 'Send' }).click()
  await expect(guest.getByRole('listitem').filter({ hasText: 'Fine.' })).toHaveCount(1)
  await guest.getByRole('link', { name: 'Your messages' }).click()
  await expect(guest.getByRole('link', { name: `Order ${number}` })).toBeVisible()

  const other = await visit('shopper')
  expect((await other.request.get(`/messages/${id}`)).status()).toBe(404)
})

test('the inbox shows a new question without a reload, to viewers as well', async ({ visit }) => {
  const staff = await visit('viewer')
  await staff.goto('/staff/messages')
  await expect(staff.getByRole('heading', { name: 'Messages' })).toBeVisible()
  const guest = await visit('shopper')
  await guest.goto('/messages/new')
  const question = `Are you open on ${Date.now()}?`
  await guest.getByLabel('Your question').fill(question)
  await guest.getByRole('button', { name: 'Send question' }).click()
  await expect(guest.getByRole('log')).toContainText(question)
  await expect(staff.getByText(question)).toBeVisible()
})

test('staff who have one conversation open see each other, and who has begun an answer', async ({
  visit,
}) => {
  const guest = await visit('shopper')
  await guest.goto('/messages/new')
  await guest.getByLabel('Your question').fill('Do you repair?')
  await guest.getByRole('button', { name: 'Send question' }).click()
  await expect(guest.getByRole('log')).toContainText('Do you repair?')
  const address = guest.url().replace('/messages/', '/staff/messages/')
  const [one, other] = [await visit('stock'), await visit('manager')]
  await one.goto(address)
  await other.goto(address)
  await expect(one.getByText(/Also here:/)).toBeVisible()
  await other.getByLabel('Your answer').fill('Yes,')
  await expect(one.getByText(/has begun an answer/)).toBeVisible()
  await other.getByLabel('Your answer').fill('Yes, we do.')
  await other.getByRole('button', { name: 'Send reply' }).click()
  await expect(one.getByRole('log')).toContainText('Yes, we do.')
  await expect(one.getByText(/Also here:/)).toBeVisible()
})
