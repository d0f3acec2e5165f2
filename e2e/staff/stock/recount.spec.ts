import { randomUUID } from 'node:crypto'
import { expect } from '@/e2e/support/fixtures'
import { goToCheckout, test } from '@/e2e/support/shopping'

test('a count that meets two sold orders names them, and offers both ways on', async ({
  visit,
  goods,
  sql,
}) => {
  const [blue] = goods.variants
  const [counting, watching] = [await visit('stock'), await visit('viewer')]
  for (const page of [counting, watching]) await page.goto(`/staff/variants/${blue.id}`)
  const form = counting.getByRole('form', { name: `Count ${blue.name}, ${goods.location.name}` })
  await form.getByRole('textbox').focus()

  const numbers: number[] = []
  for (let sale = 0; sale < 2; sale++) {
    const shopper = await visit('shopper')
    await goToCheckout(shopper, { title: goods.title, path: `/products/${goods.handle}`, variantIds: [] })
    await shopper.getByRole('button', { name: /Place order/ }).click()
    await expect(shopper.getByRole('heading', { name: 'Order placed' })).toBeVisible()
    const [order] = await sql`select orders.id, orders.number::int from public.orders
      join public.order_items on order_items.order_id = orders.id
      where order_items.variant_id = ${blue.id} order by orders.number desc limit 1`
    numbers.push(order?.number)
    // A staff member at the counter hands it over.
    await sql`select from public.fulfil_order(${order?.id}, ${goods.location.id}, ${randomUUID()})`
  }
  await expect(form.getByText('It was 7 when you started.')).toBeVisible()
  // Units received while the page was open lead to their document, too.
  await expect(watching.getByRole('link', { name: `order ${numbers[1]}`, exact: true })).toBeVisible()
  await form.getByRole('textbox').fill('6')
  await counting.keyboard.press('Enter')

  await expect(form.getByRole('alert')).toHaveText(
    `You saw 7, it is 5, because ${numbers.map((number) => `order ${number}`).join(' and ')} sold 2: apply −1, or set to 6?`,
  )
  await expect(form.getByRole('listitem')).toHaveCount(2)
  await expect(form.getByRole('button', { name: 'Set to 6' })).toBeVisible()
  await form.getByRole('button', { name: 'Apply −1: make it 4' }).click()

  const onHand = watching.getByRole('row', { name: goods.location.name }).getByRole('gridcell').nth(1)
  await expect(onHand).toHaveText('4')
  await counting.getByRole('button', { name: 'Undo' }).click()
  await expect(onHand).toHaveText('5')
})
