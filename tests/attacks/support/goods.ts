import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'

/** A location of the seeded shop. */
export const COUNTER = '30000000-0000-4000-8000-000000000001'
export const collection = { method: 'collection', location_id: COUNTER }
export const address = { line1: '1 Quay', postcode: '9000', city: 'Ghent', country: 'BE' }

/** A new product on sale, with so many units of its one variant; its variant's id. */
export async function onSale(
  sql: Sql,
  units: number,
  limit: number | null = null,
  price = 1200,
): Promise<string> {
  const [productId, variantId] = [randomUUID(), randomUUID()]
  const handle = `bait-${variantId.slice(0, 8)}`
  await sql.begin(async (tx) => {
    await tx`insert into public.categories (slug, title) values ('table', 'Table') on conflict do nothing`
    await tx`insert into public.locations (id, slug, name, position)
      values (${COUNTER}, 'counter', 'Counter', 1) on conflict do nothing`
    await tx`insert into public.products (id, handle, title, category, status, position)
      values (${productId}, ${handle}, ${`Bait ${handle}`}, 'table', 'active', 9000)`
    await tx`insert into public.variants (id, product_id, sku, option_values, price_minor, limit_per_person)
      values (${variantId}, ${productId}, ${handle.toUpperCase()}, '{}', ${price}, ${limit})`
    const lines = [{ variant_id: variantId, quantity: units }]
    await tx`select from public.receive_stock(${COUNTER}, ${tx.json(lines)}, 'First delivery', ${randomUUID()})`
  })
  return variantId
}

export async function countsOf(sql: Sql, variantId: string) {
  const [row] =
    await sql`select on_hand, held, committed, available from public.availability where variant_id = ${variantId}`
  return row as unknown as { on_hand: number; held: number; committed: number; available: number }
}

/** Every row in which the shop does not add up, as far as it is about this variant. */
export const drift = async (sql: Sql, variantId: string) => [
  ...(await sql`select * from private.inventory_drift() where variant_id is null or variant_id = ${variantId}`),
]

/** A row of private.shop_limits. */
export async function limits(sql: Sql) {
  const [row] = await sql`select network_free_units, network_share_bp, unpaid_orders from private.shop_limits`
  return row as unknown as { network_free_units: number; network_share_bp: number; unpaid_orders: number }
}

/** Moves the shop's clock while something is done, and back. */
export async function atMinute<T>(sql: Sql, minutes: number, work: () => Promise<T>): Promise<T> {
  await sql`update private.clock_offset set ahead = ${`${minutes} minutes`}::interval`
  try {
    return await work()
  } finally {
    await sql`update private.clock_offset set ahead = '0'`
  }
}

/** Units of a variant that the guests of one network may hold together. */
export async function networkShare(sql: Sql, units: number): Promise<number> {
  const { network_free_units, network_share_bp } = await limits(sql)
  return Math.max(network_free_units, Math.ceil((units * network_share_bp) / 10_000))
}
