import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { Sql } from 'postgres'
import { test as base, expect } from './fixtures'

/** A product made for one test, with so many units of each of its variants. */
export interface Offer {
  title: string
  path: string
  variantIds: string[]
}

interface Shopping {
  /** Puts a new product on the shelf: one variant for each number of units. */
  onTheShelf: (...units: number[]) => Promise<Offer>
  /** The number of orders of a product, cancelled or not. */
  ordersOf: (offer: Offer) => Promise<number>
  /** Lets everything that is held of a product run out. */
  letHoldsRunOut: (offer: Offer) => Promise<void>
}

const seededShop = '30000000-0000-4000-8000-000000000001'
const glazes = ['Chalk', 'Rust', 'Cobalt']

export const test = base.extend<Shopping>({
  onTheShelf: async ({ sql }, use) => {
    const made: string[] = []
    await use(async (...units) => {
      const id = randomUUID()
      const tag = id.slice(0, 8)
      const handle = `mug-${tag}`
      const title = `Mug ${tag}`
      const variants = units.map((quantity, i) => ({
        variant_id: randomUUID(),
        quantity,
        glaze: glazes[i] ?? 'Plain',
      }))
      await sql.begin(async (tx) => {
        await tx`insert into public.products (id, handle, title, category, option_names, limited, status, position)
          values (${id}, ${handle}, ${title}, 'table', '{Glaze}', true, 'active', 9000)`
        for (const { variant_id, glaze } of variants) {
          const sku = `MUG-${tag}-${glaze}`
          await tx`insert into public.variants (id, product_id, sku, option_values, price_minor, position)
            values (${variant_id}, ${id}, ${sku}, array[${glaze}], 1250, ${glazes.indexOf(glaze)})`
        }
        const lines = variants.map(({ variant_id, quantity }) => ({ variant_id, quantity }))
        await tx`select from public.receive_stock(${seededShop}, ${tx.json(lines)}, 'First delivery', ${randomUUID()})`
      })
      made.push(id)
      return { title, path: `/products/mug-${tag}`, variantIds: variants.map(({ variant_id }) => variant_id) }
    })
    await sql`update public.products set status = 'archived' where id = any (${made})`
  },

  ordersOf: async ({ sql }, use) => {
    await use(async ({ variantIds }) => {
      const [row] = await sql`select count(distinct order_id)::int as orders from public.order_items
        where variant_id = any (${variantIds})`
      return Number(row?.orders)
    })
  },

  letHoldsRunOut: async ({ sql }, use) => {
    await use(async ({ variantIds }) => {
      await sql`update public.claims set expires_at = now() - interval '1 second' where variant_id = any (${variantIds})`
    })
  },
})

/** Units of the first variant come or go, without a browser. */
export async function changeStock(sql: Sql, { variantIds }: Offer, delta: number): Promise<void> {
  await sql`select public.adjust_stock(${variantIds[0] ?? ''}, ${seededShop}, ${delta}, 'correction', ${randomUUID()})`
}

export async function putIntoCart(page: Page, { path }: Offer): Promise<void> {
  await page.goto(path)
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByText('1 in your cart.')).toBeVisible()
}

/** From a product's page to a filled-in checkout. */
export async function goToCheckout(page: Page, { path }: Offer): Promise<void> {
  await page.goto(path)
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.getByRole('link', { name: 'View cart' }).click()
  await fillInCheckout(page)
}

/** From the cart to a filled-in checkout. */
export async function fillInCheckout(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Go to checkout' }).click()
  await page.getByLabel('Name').fill('Ada Lovelace')
  await page.getByLabel('E-mail').fill('ada@example.test')
}

/** Places the order of a filled-in checkout, and reads its number on its page. */
export async function placeOrder(page: Page): Promise<string> {
  await page.getByRole('button', { name: /Place order/ }).click()
  await expect(page.getByRole('heading', { name: 'Order placed' })).toBeVisible()
  const number = await page.getByText(/^Order \d+$/).textContent()
  return number?.replace('Order ', '') ?? ''
}
