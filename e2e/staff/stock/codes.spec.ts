import type { Page } from '@playwright/test'
import { test } from '@/e2e/support/day'
import { expect } from '@/e2e/support/fixtures'

/** Keys as a scanner sends them, five milliseconds apart by their own time, however busy this machine is. */
async function scanInto(page: Page, code: string, suffix: 'Enter' | 'Tab' = 'Enter'): Promise<void> {
  const ends = {
    Enter: { key: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
    Tab: { key: 'Tab', windowsVirtualKeyCode: 9 },
  }
  const keys = [...[...code].map((key) => ({ key, text: key })), ends[suffix]]
  const browser = await page.context().newCDPSession(page)
  const began = Date.now() / 1000
  for (const [n, key] of keys.entries()) {
    await browser.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp: began + n * 0.005, ...key })
  }
  await browser.detach()
}

test('codes are asked about and never become a quantity', async ({ visit, makeProduct, sql }) => {
  const staff = await visit('stock')
  const product = await makeProduct(3)
  await sql`update public.variants set barcode = '036000291452' where sku in ${sql([product.chalk, product.slate])}`
  const onHand = async (sku: string) => {
    const [row] = await sql`select sum(on_hand)::int as units from public.stock_levels
      join public.variants on variants.id = variant_id where sku = ${sku}`
    return Number(row?.units)
  }
  const before = await onHand(product.slate)
  await staff.goto('/staff/receive')
  const form = staff.getByRole('form', { name: 'Delivery', exact: true })
  const code = form.getByLabel('Line 1: SKU or barcode')
  const units = form.getByLabel('Line 1: units')
  await form.getByLabel('Delivery note').fill('DN-7')

  await test.step('a code scanned into the quantity goes to the code field', async () => {
    await units.focus()
    await scanInto(staff, '0036000291452')
    await expect(code).toHaveValue('0036000291452')
    await expect(units).toHaveValue('')
    await expect(form.getByText('is a code, not a quantity')).toBeVisible()
  })

  await test.step('a code of two products is chosen by a person', async () => {
    await units.fill('2')
    await form.getByRole('button', { name: 'Receive delivery' }).click()
    const choices = form.getByRole('group', { name: /More than one product has the code/ })
    await expect(choices.getByRole('button')).toHaveCount(2)
    await choices.getByRole('button', { name: new RegExp(product.slate) }).click()
    await expect(form.getByText('Saved.')).toBeVisible()
    expect(await onHand(product.slate)).toBe(before + 2)
  })

  await test.step('an unlikely quantity is saved only when it is confirmed', async () => {
    await form.getByLabel('Delivery note').fill('DN-8')
    await code.fill(product.slate)
    await units.fill('22423')
    await form.getByRole('button', { name: 'Receive delivery' }).click()
    const confirm = form.getByRole('button', { name: 'Save 22,423 units' })
    await expect(confirm).toBeVisible()
    expect(await onHand(product.slate)).toBe(before + 2)
    await confirm.click()
    await expect.poll(() => onHand(product.slate)).toBe(before + 2 + 22423)
  })
})

test('a code scanned into a change of units is looked up, and no stock moves', async ({
  visit,
  goods,
  sql,
}) => {
  const [blue, green] = goods.variants
  const page = await visit('stock')
  await page.goto(`/staff?q=${blue.sku}`)
  await expect(page.getByRole('banner').locator('[data-live]')).toBeVisible()
  const change = page
    .getByRole('form', { name: `Adjust ${blue.name}, ${goods.location.name}` })
    .getByRole('textbox')
  await change.focus()
  await scanInto(page, green.sku)

  await expect(page.getByRole('searchbox')).toHaveValue(green.sku)
  await expect(page.getByRole('rowgroup', { name: green.name })).toBeVisible()
  await page.goto(`/staff/variants/${blue.id}`)
  await expect(page.getByRole('banner').locator('[data-live]')).toBeVisible()
  await page.getByRole('form', { name: 'Transfer units' }).getByRole('textbox').focus()
  await scanInto(page, green.sku)
  await expect(page.getByRole('rowgroup', { name: green.name })).toBeVisible()
  const [level] =
    await sql`select on_hand from public.stock_levels where variant_id = ${blue.id} and on_hand > 0`
  expect(level?.on_hand).toBe(7)
})
