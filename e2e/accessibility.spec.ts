import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './fixtures'

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
    const options = { viewport: { width, height: 844 }, colorScheme }
    const stranger = await visit('shopper', options)
    const staff = await visit('stock', options)

    for (const [page, path] of [
      [stranger, '/staff/sign-in'],
      [staff, `/staff?q=${encodeURIComponent(goods.title)}`],
      [staff, `/staff/variants/${goods.variants[0].id}`],
      [staff, '/staff/receive'],
      [staff, '/staff/orders?stage=all'],
      [staff, '/staff/no-access'],
    ] as const) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(
        violations.map(({ id, nodes }) => `${path} ${id}: ${nodes.map(({ html }) => html).join()}`),
      ).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0)
    }
  })
}
