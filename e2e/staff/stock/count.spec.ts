import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { line, scan, startCount } from '@/e2e/support/counting'
import { expect, test } from '@/e2e/support/fixtures'
import { expectReadable } from '@/e2e/support/readable'
import { type Goods, orderByPost, type Sellable } from '@/e2e/support/shop'

/** A shopper orders and it is handed over: from the shelf of this location, during its count. */
async function sell(sql: Sql, goods: Goods, variant: Sellable): Promise<void> {
  const { order_id } = await orderByPost(sql, variant, 1)
  await sql`select public.fulfil_order(${order_id}, ${goods.location.id}, ${randomUUID()})`
}

async function onHand(sql: Sql, goods: Goods, { id }: Sellable): Promise<number> {
  const [level] = await sql`select on_hand from public.stock_levels
    where variant_id = ${id} and location_id = ${goods.location.id}`
  return Number(level?.on_hand)
}

test('two people count a shelf while it sells; a manager approves, and reverses it', async ({
  visit,
  goods,
  sql,
}) => {
  const [blue, green] = goods.variants
  const manager = await visit('manager')
  const keeper = await visit('stock')
  const shopper = await visit('shopper')
  await keeper.goto('/staff/counts')
  const id = await startCount(manager, sql, goods)
  await keeper.locator(`a[href$="${id}"]`).click()
  await expect(manager.getByText('Also here: Robin the stock')).toBeVisible()
  await shopper.goto(`/products/${goods.handle}`)

  // Blue is in two places: each person counts one, and sees the other. The keeper looks at green too, for longer
  // than an entry takes to reach the shop; it is sold between the look and the Enter.
  await scan(keeper, blue, 4)
  await expect(line(manager, blue)).toContainText('4 by Robin the stock')
  await keeper.getByLabel('SKU or barcode').fill(green.sku)
  await keeper.keyboard.press('Enter')
  await scan(manager, blue, 2)
  await expect(line(keeper, blue)).toContainText('Counted6')
  await sell(sql, goods, green)
  await keeper.keyboard.type('7')
  await keeper.keyboard.press('Enter')
  await line(keeper, green).getByRole('button', { name: 'I counted it' }).click()
  await expect(line(manager, green)).toContainText('Differencenone')
  await expect(line(manager, blue)).toContainText('Difference−1')

  await manager.getByRole('button', { name: 'Approve count' }).click()
  await expect(manager.getByRole('button', { name: 'Reverse count' })).toBeVisible()
  await expect(keeper.getByLabel('SKU or barcode')).toHaveCount(0)
  expect([await onHand(sql, goods, blue), await onHand(sql, goods, green)]).toEqual([6, 6])
  await expect(shopper.getByText('6 left').first()).toBeVisible()

  await manager.getByRole('button', { name: 'Reverse count' }).click()
  await expect(manager.getByRole('button', { name: 'Reverse count' })).toHaveCount(0)
  expect([await onHand(sql, goods, blue), await onHand(sql, goods, green)]).toEqual([7, 6])
  expect([...(await sql`select * from private.inventory_drift()`)]).toEqual([])
})

test('every scan is one unit, a mistake is undone, and an unknown label is reported', async ({
  visit,
  goods,
  sql,
}) => {
  const [blue] = goods.variants
  const page = await visit('stock')
  await startCount(page, sql, goods)

  await page.getByLabel('Every scan is one unit').check()
  await page.getByLabel('SKU or barcode').focus()
  for (const code of [blue.sku, blue.sku, 'NO-SUCH-CODE']) {
    await page.keyboard.type(code)
    await page.keyboard.press('Enter')
  }

  await expect(line(page, blue)).toContainText('Counted2')
  await expect(page.getByRole('alert').filter({ hasText: 'NO-SUCH-CODE' })).toBeVisible()
  await page.getByRole('button', { name: 'Delete NO-SUCH-CODE' }).click()
  await line(page, blue).getByRole('button', { name: /^undo/ }).first().click()
  await expect(line(page, blue)).toContainText('Counted1')
})

for (const width of [390, 1440]) {
  test(`everybody can read a count at ${width} pixels; a viewer only reads`, async ({
    visit,
    goods,
    sql,
  }) => {
    const [blue, green] = goods.variants
    const keeper = await visit('manager', { viewport: { width, height: 844 } })
    const viewer = await visit('viewer', { viewport: { width, height: 844 }, colorScheme: 'dark' })
    await startCount(keeper, sql, goods)
    await scan(keeper, blue, 4)
    await keeper.getByLabel('SKU or barcode').fill(green.sku)
    await keeper.keyboard.press('Enter')
    // As above, the look at green takes longer than an entry takes to reach the shop.
    await viewer.goto(keeper.url())
    await expect(line(viewer, blue)).toContainText('Counted4')
    await expect(viewer.getByLabel('SKU or barcode')).toHaveCount(0)
    await sell(sql, goods, green)
    await keeper.keyboard.type('7')
    await keeper.keyboard.press('Enter')
    await expect(line(keeper, green).getByRole('button', { name: 'Yes, already gone' })).toBeVisible()

    for (const page of [keeper, viewer]) {
      for (const path of [keeper.url(), '/staff/counts']) {
        await page.goto(path)
        await expectReadable(page)
      }
    }
  })
}
