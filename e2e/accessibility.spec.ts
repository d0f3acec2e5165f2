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
  test(`everyone can read the staff pages at ${width} pixels in the ${colorScheme}`, async ({
    visit,
    goods,
  }) => {
    // Fourteen pages, each of which axe reads.
    test.slow()
    const options = { viewport: { width, height: 844 }, colorScheme }
    const stranger = await visit('shopper', options)
    const staff = await visit('stock', options)
    const manager = await visit('manager', options)

    for (const [page, path] of [
      [stranger, '/staff/sign-in'],
      [staff, `/staff?q=${encodeURIComponent(goods.title)}`],
      [staff, `/staff/variants/${goods.variants[0].id}`],
      [staff, '/staff/dashboard'],
      [staff, '/staff/receive'],
      [staff, '/staff/orders?stage=all'],
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
