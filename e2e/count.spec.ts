import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { Sql } from 'postgres'
import { layCable } from '@/tests/support/cable'
import { expect, signIn, test } from './fixtures'
import { expectReadable } from './readable'
import type { Goods, Sellable } from './shop'

const shelf = 'By the door'

/** Starts a count of one shelf by its form; short slack, or the test would wait for half a minute until what was
 * delivered no longer counts as happening meanwhile. */
async function startCount(page: Page, sql: Sql, goods: Goods): Promise<string> {
  await page.goto('/staff/counts')
  await page.getByLabel('Where').selectOption(goods.location.name)
  await page.getByLabel('Or one shelf').fill(shelf)
  await page.getByRole('button', { name: 'Start counting' }).click()
  await expect(page.getByRole('heading', { name: /^Count \d+$/ })).toBeVisible()
  const id = page.url().split('/').at(-1) ?? ''
  await sql`update public.counts set slack = '1 second' where id = ${id}`
  await settled(sql)
  return id
}

async function scan(page: Page, { sku }: Sellable, units: number): Promise<void> {
  await page.getByLabel('SKU or barcode').focus()
  await page.keyboard.type(sku)
  await page.keyboard.press('Enter')
  await page.keyboard.type(String(units))
  await page.keyboard.press('Enter')
}

const line = (page: Page, { name }: Sellable) => page.getByRole('listitem', { name })

/** A shopper orders at the counter and is handed it: on the shelf of this location, while somebody counts it. */
async function sell(sql: Sql, goods: Goods, { id }: Sellable): Promise<void> {
  const token = randomUUID().replaceAll('-', '')
  await sql`select public.hold_stock(${id}, 1, ${randomUUID()}, ${token})`
  const address = { line1: '1 Quay', postcode: '9000', city: 'Ghent', country: 'BE' }
  const [row] = await sql`select public.place_order(${sql.json({ email: 'ada@example.test', name: 'Ada' })},
    ${sql.json({ method: 'delivery', address })}, 'on_collection', ${randomUUID()}, ${token}, ${token}) as placed`
  await sql`select public.fulfil_order(${row?.placed.order_id}, ${goods.location.id}, ${randomUUID()})`
}

const settled = (sql: Sql) => sql`select pg_sleep(1.5)`

async function onHand(sql: Sql, goods: Goods, { id }: Sellable): Promise<number> {
  const [level] = await sql`select on_hand from public.stock_levels
    where variant_id = ${id} and location_id = ${goods.location.id}`
  return Number(level?.on_hand)
}

test('two people count a shelf while it sells; a manager approves, and takes it back', async ({
  visit,
  goods,
  sql,
}) => {
  const [blue, green] = goods.variants
  // Three people, each of whom waits for the others.
  test.slow()
  const manager = await visit('manager')
  const keeper = await visit('stock')
  const shopper = await visit('shopper')
  await keeper.goto('/staff/counts')
  const id = await startCount(manager, sql, goods)
  await keeper.locator(`a[href$="${id}"]`).click()
  await expect(manager.getByText('Also here: Robin the stock')).toBeVisible()
  await shopper.goto(`/products/${goods.handle}`)

  // Blue stands in two places: each counts one, and sees the other.
  await scan(keeper, blue, 4)
  await expect(line(manager, blue)).toContainText('4 by Robin the stock')
  await scan(manager, blue, 2)
  await expect(line(keeper, blue)).toContainText('Counted6')
  // Green is sold between the look and the Enter.
  await keeper.getByLabel('SKU or barcode').fill(green.sku)
  await keeper.keyboard.press('Enter')
  await sell(sql, goods, green)
  await keeper.keyboard.type('7')
  await keeper.keyboard.press('Enter')
  await line(keeper, green).getByRole('button', { name: 'I counted it' }).click()
  await expect(line(manager, green)).toContainText('Differencenone')
  await expect(line(manager, blue)).toContainText('Difference−1')

  await settled(sql)
  await manager.getByRole('button', { name: 'Approve and book the differences' }).click()
  await expect(manager.getByRole('button', { name: 'Reverse the whole count' })).toBeVisible()
  await expect(keeper.getByLabel('SKU or barcode')).toHaveCount(0)
  expect([await onHand(sql, goods, blue), await onHand(sql, goods, green)]).toEqual([6, 6])
  await expect(shopper.getByText('6 left').first()).toBeVisible()

  await manager.getByRole('button', { name: 'Reverse the whole count' }).click()
  await expect(manager.getByRole('button', { name: 'Reverse the whole count' })).toHaveCount(0)
  expect([await onHand(sql, goods, blue), await onHand(sql, goods, green)]).toEqual([7, 6])
  expect([...(await sql`select * from private.inventory_drift()`)]).toEqual([])
})

test('what is counted in a cellar is on the page that is opened again there, and arrives once', async ({
  browser,
  colleague,
  goods,
  sql,
}) => {
  const [blue, green] = goods.variants
  // Two pages and a worker, through a wire that is cut and mended.
  test.slow()
  // The wire is cut for the browser and its worker alike; and the browser says it has no network.
  const cable = await layCable(process.env.SITE_URL ?? '')
  const hostname = new URL(process.env.SITE_URL ?? '').hostname
  const baseURL = Object.assign(new URL(cable.url), { hostname }).origin
  // A context of its own: without a network the console complains, and may.
  const context = await browser.newContext({ baseURL })
  const inTheShop = await context.newPage()
  await signIn(inTheShop, await colleague('stock'))
  await expect(inTheShop.getByRole('heading', { name: 'Inventory' })).toBeVisible()
  const id = await startCount(inTheShop, sql, goods)
  await expect(inTheShop.getByText('they open without a network')).toBeVisible()
  const address = inTheShop.url()
  await scan(inTheShop, blue, 5)
  await expect(line(inTheShop, blue)).toContainText('5 by Robin the stock')

  cable.cut()
  await context.setOffline(true)
  await scan(inTheShop, green, 3)
  await expect(inTheShop.getByText('One entry is kept on this device')).toBeVisible()
  await inTheShop.close()
  const page = await context.newPage()
  await page.goto('/staff/counts')
  await expect(page.getByText('A copy from this device')).toBeVisible()
  await expect(page.getByRole('form', { name: 'Start a count' })).toBeHidden()
  await page.locator(`a[href$="${id}"]`).click()

  await expect(page.getByRole('heading', { name: /^Count \d+$/ })).toBeVisible()
  await expect(page.getByText('A copy from this device')).toBeVisible()
  await expect(line(page, blue)).toContainText('5 by Robin the stock')
  const kept = page.getByRole('list', { name: 'Kept on this device' })
  await expect(kept.getByRole('listitem')).toHaveText([`3 × ${green.sku}`])
  await scan(page, blue, 1)
  await expect(kept.getByRole('listitem')).toHaveCount(2)
  await expect(line(page, blue)).toContainText('Counted6')

  cable.mend()
  await context.setOffline(false)
  await expect(line(page, green)).toContainText('3 by Robin the stock')
  await expect(line(page, blue)).toContainText('1 by Robin the stock')
  await expect(kept).toHaveCount(0)
  await expect(page.getByText('A copy from this device')).toHaveCount(0)
  const entries = await sql`select units from public.count_entries where count_id = ${id} order by units`
  expect([...entries]).toEqual([{ units: 1 }, { units: 3 }, { units: 5 }])

  // Whoever has the phone next finds nothing.
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual([])
  cable.cut()
  await expect(page.goto(address)).rejects.toThrow(/ERR_/)
  await context.close()
  await cable.close()
})

test('a page from before an update of the shop says so, and sends what was counted when it is loaded again', async ({
  browser,
  colleague,
  goods,
  sql,
}) => {
  const [blue] = goods.variants
  // A context of its own: the console complains of what the shop does not know, and may.
  const context = await browser.newContext({ serviceWorkers: 'block' })
  const page = await context.newPage()
  await signIn(page, await colleague('stock'))
  await expect(page.getByRole('heading', { name: 'Inventory' })).toBeVisible()
  await startCount(page, sql, goods)

  // Another build of the shop knows no action by the name that this page has for it.
  await page.route(page.url(), (route, request) => {
    const { 'next-action': action, ...headers } = request.headers()
    return route.continue(action ? { headers: { ...headers, 'next-action': action.replace(/./g, '0') } } : {})
  })
  await scan(page, blue, 4)
  await expect(page.getByText('One entry is kept on this device, and sent when this page')).toBeVisible()
  await page.unroute(page.url())
  await page.getByRole('button', { name: 'Reload' }).click()

  await expect(line(page, blue)).toContainText('4 by Robin the stock')
  await context.close()
})

test('every scan is one unit, a mistake is taken back, and an unknown label is said', async ({
  visit,
  goods,
  sql,
}) => {
  const [blue] = goods.variants
  const page = await visit('stock')
  await startCount(page, sql, goods)

  await page.getByLabel('Every scan is one unit').check()
  await page.getByLabel('SKU or barcode').focus()
  for (const code of [blue.sku, blue.sku, 'NO-SUCH-THING']) {
    await page.keyboard.type(code)
    await page.keyboard.press('Enter')
  }

  await expect(line(page, blue)).toContainText('Counted2')
  await expect(page.getByRole('alert').filter({ hasText: 'NO-SUCH-THING' })).toBeVisible()
  await page.getByRole('button', { name: 'Drop NO-SUCH-THING' }).click()
  await line(page, blue)
    .getByRole('button', { name: /^take back/ })
    .first()
    .click()
  await expect(line(page, blue)).toContainText('Counted1')
})

test('a shelf is counted without JavaScript', async ({ visit, goods, sql }) => {
  const [blue] = goods.variants
  const page = await visit('manager', { javaScriptEnabled: false })
  await startCount(page, sql, goods)

  await page.getByLabel('SKU or barcode').fill('NO-SUCH-THING')
  await page.getByLabel('Units').fill('5')
  await page.getByRole('button', { name: 'Add' }).click()
  await expect(page.getByRole('alert')).toContainText('No variant has the SKU or barcode “NO-SUCH-THING”')
  await page.getByLabel('SKU or barcode').fill(blue.sku)
  await page.getByLabel('Units').fill('5')
  await page.getByRole('button', { name: 'Add' }).click()
  await expect(line(page, blue)).toContainText('Difference−2')

  await settled(sql)
  await page.getByRole('button', { name: 'Approve and book the differences' }).click()
  await expect(page.getByText('Approved by Robin the manager')).toBeVisible()
  expect(await onHand(sql, goods, blue)).toBe(5)
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
    await sell(sql, goods, green)
    await keeper.keyboard.type('7')
    await keeper.keyboard.press('Enter')
    await expect(line(keeper, green).getByRole('button', { name: 'Gone already' })).toBeVisible()
    await viewer.goto(keeper.url())
    await expect(viewer.getByLabel('SKU or barcode')).toHaveCount(0)

    for (const page of [keeper, viewer]) {
      for (const path of [keeper.url(), '/staff/counts']) {
        await page.goto(path)
        await expectReadable(page)
      }
    }
  })
}
