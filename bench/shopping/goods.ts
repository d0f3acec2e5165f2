import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'

/** A product with one variant, on sale at one place. */
export interface Goods {
  path: string
  productId: string
  variantId: string
}

/** Where the seeded shop has its counter. */
const shop = '30000000-0000-4000-8000-000000000001'

/** Puts a new product on the shelf, so many units of it. */
export async function putOnSale(sql: Sql, units: number): Promise<Goods> {
  const [productId, variantId] = [randomUUID(), randomUUID()]
  const handle = `rush-${variantId.slice(0, 8)}`
  await sql.begin(async (tx) => {
    await tx`insert into public.products (id, handle, title, category, status, position)
      values (${productId}, ${handle}, ${`Rush jug ${handle}`}, 'table', 'active', 9000)`
    await tx`insert into public.variants (id, product_id, sku, option_values, price_minor)
      values (${variantId}, ${productId}, ${handle.toUpperCase()}, '{}', 4800)`
    const lines = [{ variant_id: variantId, quantity: units }]
    await tx`select from public.receive_stock(${shop}, ${tx.json(lines)}, 'First delivery', ${randomUUID()})`
  })
  return { path: `/products/${handle}`, productId, variantId }
}

/** Lets every hold run out: the shop's clock jumps, for everybody. */
export async function letHoldsRunOut(sql: Sql): Promise<void> {
  await sql`update private.clock_offset set ahead = ahead + interval '31 minutes'`
}
