import type { Page } from '@playwright/test'
import type { Sql } from 'postgres'
import type { Role } from './accounts'
import { type DayProduct, makeDayProduct } from './day-product'
import { test as shopping } from './shopping'

/** The people of a day in the shop (docs/a-day-in-the-shop.md), each in a separate browser, and their product. */
interface Day {
  /** The manager, at a desk. */
  ilse: Page
  /** The stock keeper, with a phone. */
  jonas: Page
  /** A shopper, with a phone. */
  ada: Page
  /** Makes the product of one chapter, with so many units in slate at that price. */
  makeProduct: (slate: number, slateMinor?: number) => Promise<DayProduct>
}

export const test = shopping.extend<Day>({
  ilse: async ({ visit, staffMember, sql }, use) => {
    const { id } = await staffMember('manager')
    await rename(sql, id, 'Ilse Verbrugge')
    await use(await visit('manager', { viewport: { width: 1440, height: 900 } }))
    await rename(sql, id, usualName('manager'))
  },

  jonas: async ({ visit, staffMember, sql }, use) => {
    const { id } = await staffMember('stock')
    await rename(sql, id, 'Jonas De Wit')
    await use(await visit('stock', { viewport: { width: 390, height: 844 }, hasTouch: true }))
    await rename(sql, id, usualName('stock'))
  },

  ada: async ({ visit }, use) => {
    await use(await visit('shopper', { viewport: { width: 390, height: 844 } }))
  },

  makeProduct: async ({ sql }, use) => {
    const made: string[] = []
    await use(async (slate, slateMinor = 3600) => {
      const product = await makeDayProduct(sql, slate, slateMinor)
      made.push(product.handle)
      return product
    })
    await sql`update public.products set status = 'archived' where handle = any (${made})`
  },
})

const usualName = (role: Role) => `Robin the ${role}`

async function rename(sql: Sql, id: string, name: string): Promise<void> {
  await sql`update public.staff set name = ${name} where user_id = ${id}`
}
