import { line, scan, startCount } from '@/e2e/support/counting'
import { expect, signIn, test } from '@/e2e/support/fixtures'
import { layCable } from '@/tests/support/cable'

test('entries counted offline are on the page that is opened again there, and arrive once', async ({
  browser,
  staffMember,
  goods,
  sql,
}) => {
  const [blue, green] = goods.variants
  // The wire is cut for the browser and its worker alike; and the browser says it has no network.
  const cable = await layCable(process.env.SITE_URL ?? '')
  const hostname = new URL(process.env.SITE_URL ?? '').hostname
  const baseURL = Object.assign(new URL(cable.url), { hostname }).origin
  // A separate context: without a network the console complains, and may.
  const context = await browser.newContext({ baseURL })
  const inTheShop = await context.newPage()
  await signIn(inTheShop, await staffMember('stock'))
  await expect(inTheShop.getByRole('heading', { name: 'Inventory' })).toBeVisible()
  const id = await startCount(inTheShop, sql, goods)
  await expect(inTheShop.getByText('They open offline')).toBeVisible()
  const address = inTheShop.url()
  await scan(inTheShop, blue, 5)
  await expect(line(inTheShop, blue)).toContainText('5 by Robin the stock')

  cable.cut()
  await context.setOffline(true)
  await scan(inTheShop, green, 3)
  await expect(inTheShop.getByText('1 entry is saved on this device')).toBeVisible()
  await inTheShop.close()
  const page = await context.newPage()
  await page.goto('/staff/counts')
  await expect(page.getByText('the copy on this device')).toBeVisible()
  await expect(page.getByRole('form', { name: 'Start a count' })).toBeHidden()
  await page.locator(`a[href$="${id}"]`).click()

  await expect(page.getByRole('heading', { name: /^Count \d+$/ })).toBeVisible()
  await expect(page.getByText('the copy on this device')).toBeVisible()
  await expect(line(page, blue)).toContainText('5 by Robin the stock')
  const kept = page.getByRole('list', { name: 'Saved on this device' })
  await expect(kept.getByRole('listitem')).toHaveText([`3 × ${green.sku}`])
  await scan(page, blue, 1)
  await expect(kept.getByRole('listitem')).toHaveCount(2)
  await expect(line(page, blue)).toContainText('Counted6')

  cable.mend()
  await context.setOffline(false)
  await expect(line(page, green)).toContainText('3 by Robin the stock')
  await expect(line(page, blue)).toContainText('1 by Robin the stock')
  await expect(kept).toHaveCount(0)
  await expect(page.getByText('the copy on this device')).toHaveCount(0)
  const entries = await sql`select units from public.count_entries where count_id = ${id} order by units`
  expect([...entries]).toEqual([{ units: 1 }, { units: 3 }, { units: 5 }])

  // The next user of the phone finds nothing.
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual([])
  cable.cut()
  await expect(page.goto(address)).rejects.toThrow(/ERR_/)
  await context.close()
  await cable.close()
})

test('a page from before a deploy reports it, and sends its entries when it is loaded again', async ({
  browser,
  staffMember,
  goods,
  sql,
}) => {
  const [blue] = goods.variants
  // A separate context: the console complains of requests that the shop does not know, and may.
  const context = await browser.newContext({ serviceWorkers: 'block' })
  const page = await context.newPage()
  await signIn(page, await staffMember('stock'))
  await expect(page.getByRole('heading', { name: 'Inventory' })).toBeVisible()
  await startCount(page, sql, goods)

  // Another build of the shop knows no action by the name that this page has for it.
  await page.route(page.url(), (route, request) => {
    const { 'next-action': action, ...headers } = request.headers()
    return route.continue(action ? { headers: { ...headers, 'next-action': action.replace(/./g, '0') } } : {})
  })
  await scan(page, blue, 4)
  await expect(page.getByText('1 entry is saved on this device. Reload the page')).toBeVisible()
  await page.unroute(page.url())
  await page.getByRole('button', { name: 'Reload' }).click()

  await expect(line(page, blue)).toContainText('4 by Robin the stock')
  await context.close()
})
