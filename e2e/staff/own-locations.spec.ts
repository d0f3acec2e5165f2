import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { Sql } from 'postgres'
import { type Account, addStaff, endAccess, makeAccount } from '@/e2e/support/accounts'
import { expect, signIn, test } from '@/e2e/support/fixtures'
import { expectReadable } from '@/e2e/support/readable'
import { type Goods, orderByPost, type Sellable } from '@/e2e/support/shop'

const workshop = '30000000-0000-4000-8000-000000000002'

/** A stock keeper of the goods' own location, and no other. */
async function hire(sql: Sql, goods: Goods): Promise<Account> {
  const keeper = await makeAccount()
  await addStaff(sql, keeper, 'stock', 'Sam of the cellar')
  await sql`update public.staff set location_ids = ${[goods.location.id]} where user_id = ${keeper.id}`
  return keeper
}

/** All seven of the cellar and one of the workshop, for one customer. Answers with the order. */
async function orderFromBoth(sql: Sql, variant: Sellable): Promise<string> {
  const line = sql.json([{ variant_id: variant.id, quantity: 1 }])
  await sql`select public.receive_stock(${workshop}, ${line}, 'First delivery', ${randomUUID()})`
  return (await orderByPost(sql, variant, 8)).order_id
}

const rowAt = (page: Page, variant: Sellable, place: string) =>
  page.getByRole('rowgroup', { name: variant.name }).getByRole('row', { name: place })

test('a stock keeper of one location changes stock there, and sees the others as view only', async ({
  visit,
  goods,
  sql,
}) => {
  const [blue, green] = goods.variants
  const cellar = goods.location.name
  const keeper = await hire(sql, goods)
  const page = await visit('shopper')
  await signIn(page, keeper)
  await expect(page.getByRole('heading', { name: 'Inventory' })).toBeVisible()

  // The list: their own rows can be chosen and changed, and what is left out is said.
  await page.goto(`/staff?q=${encodeURIComponent(goods.title)}`)
  await expect(page.getByRole('grid')).toBeVisible()
  const others = rowAt(page, blue, 'The workshop')
  await expect(others.getByRole('gridcell', { name: 'View only' })).toBeVisible()
  await expect(others.getByRole('textbox')).toHaveCount(0)
  await expect(others.getByRole('checkbox')).toHaveCount(0)
  await page.getByRole('checkbox', { name: 'Select all levels listed' }).check()
  const bar = page.getByRole('region', { name: 'Change selected levels' })
  await expect(bar.getByText('2 levels selected')).toBeVisible()
  await expect(bar.getByText('Not included, view only: rows at')).toContainText('The workshop')
  await bar.getByRole('textbox', { name: 'Change in units' }).fill('+1')
  await bar.getByRole('button', { name: 'Apply to selected' }).click()
  for (const variant of [blue, green])
    await expect(rowAt(page, variant, cellar).getByRole('gridcell').first()).toHaveText('8')
  await expectReadable(page)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rowAt(page, blue, cellar).getByRole('gridcell').first()).toHaveText('7')

  // With the arrow keys the reason is reached like everything else, and a digit begins nothing there.
  await others.getByRole('gridcell', { name: 'View only' }).click()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowRight')
  await expect(others.getByRole('gridcell', { name: 'View only' })).toBeFocused()

  await page.goto(`/staff/variants/${blue.id}`)
  await expect(page.getByRole('form', { name: `Count ${blue.name}, ${cellar}` })).toBeVisible()
  await expect(page.getByText('The workshop: view only.')).toBeVisible()
  await expect(page.getByRole('form', { name: `Count ${blue.name}, The workshop` })).toHaveCount(0)

  // A count and a delivery at the workshop are there to read.
  const [count] = await sql`select id from public.start_count(${workshop}, false, ${randomUUID()})`
  await page.goto(`/staff/counts/${count?.id}`)
  await expect(page.getByText('You can view stock at The workshop')).toBeVisible()
  await expect(page.getByRole('form', { name: 'Count' })).toHaveCount(0)
  await sql`select public.abandon_count(${count?.id}, ${randomUUID()})`
  const lines = sql.json([{ variant_id: blue.id, quantity: 2 }])
  const [delivery] =
    await sql`select id from public.announce_delivery('Ilse', ${workshop}, ${lines}, ${randomUUID()})`
  await page.goto(`/staff/receive/${delivery?.id}`)
  await expect(page.getByText('You can view stock at The workshop')).toBeVisible()
  await expect(page.getByRole('form', { name: 'Arrived' })).toHaveCount(0)
  const never = sql.json({ [blue.id]: 'not_sent' })
  await sql`select public.close_delivery(${delivery?.id}, ${randomUUID()}, ${never})`

  // Announced to their own place, or sent from it to others'.
  await page.goto('/staff/receive')
  const opening = page.getByRole('form', { name: 'New delivery or transfer' })
  const goals = opening.getByRole('combobox', { name: 'To' }).getByRole('option')
  await expect(goals).toHaveText([cellar])
  await opening.getByRole('combobox', { name: 'From' }).selectOption(`${cellar} (leaves now)`)
  await expect(goals.filter({ hasText: 'The shop' })).toHaveCount(1)
  await expect(goals.filter({ hasText: cellar })).toHaveCount(0)

  // Of an order they fetch what lies at their place.
  await page.setViewportSize({ width: 390, height: 844 })
  const orderId = await orderFromBoth(sql, blue)
  await page.goto(`/staff/orders/${orderId}`)
  const theirs = page.getByRole('region', { name: 'The workshop' })
  await expect(theirs.getByText('1 to pick, view only')).toBeVisible()
  await expect(theirs.getByRole('button')).toHaveCount(0)
  await page.getByRole('region', { name: cellar }).getByRole('button', { name: 'Pick all 7' }).click()
  await expect(page.getByRole('region', { name: cellar }).getByText('all picked')).toBeVisible()
  await expect(page.getByRole('form', { name: 'Scan' })).toHaveCount(0)
  await expect(page.getByRole('form', { name: `Send from ${cellar}` })).toBeVisible()
  await expectReadable(page)
  await sql`select public.cancel_order(${orderId}, ${randomUUID()})`

  await page.goto(`/staff/orders?location=${workshop}`)
  await expect(page.getByText('You can view stock at The workshop')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Pick the next order' })).toHaveCount(0)
  await endAccess(sql, keeper)
})
