import { test } from '@/e2e/support/fixtures'
import { expectReadable } from '@/e2e/support/readable'

const looks = [
  { width: 390, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
  { width: 820, colorScheme: 'light' },
  { width: 1440, colorScheme: 'light' },
  { width: 1440, colorScheme: 'dark' },
] as const

for (const { width, colorScheme } of looks) {
  const options = { viewport: { width, height: 844 }, colorScheme }

  test(`everyone can read the pages of stock and orders at ${width} pixels in the ${colorScheme}`, async ({
    visit,
    goods,
  }) => {
    const visitor = await visit('shopper', options)
    const staff = await visit('stock', options)

    for (const [page, path] of [
      [visitor, '/staff/sign-in'],
      [staff, `/staff?q=${encodeURIComponent(goods.title)}`],
      [staff, `/staff/variants/${goods.variants[0].id}`],
      [staff, '/staff/dashboard'],
      [staff, '/staff/receive'],
      [staff, '/staff/orders?stage=all'],
    ] as const) {
      await page.goto(path)
      await expectReadable(page)
    }
  })

  test(`everyone can read the pages of the office at ${width} pixels in the ${colorScheme}`, async ({
    visit,
    goods,
  }) => {
    const staff = await visit('stock', options)
    const manager = await visit('manager', options)

    for (const [page, path] of [
      [staff, '/staff/people'],
      [manager, '/staff/holds'],
      [staff, `/staff/products?q=${encodeURIComponent(goods.title)}`],
      [manager, `/staff/products/${goods.productId}`],
      [manager, '/staff/products/new'],
      [staff, '/staff/export'],
      [staff, '/staff/no-access'],
      [manager, '/staff/import'],
    ] as const) {
      await page.goto(path)
      await expectReadable(page)
    }
  })
}
