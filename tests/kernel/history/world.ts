import { createHmac } from 'node:crypto'
import type { Sql } from 'postgres'
import { aShop, deliver } from '@/tests/support/database'
import { aNetwork, aToken } from '@/tests/support/shop/shopping'

export type KnownOrder = {
  id: string
  token: string
  paymentId: string
  isPaidAway: boolean
  total: number
  items: number[]
}

/** Everything the workers share: a small shop, so that everybody meets everybody. */
export type World = {
  handle: string
  variants: string[]
  /** The one that has a limit per person. */
  limited: string
  limit: number
  locations: [string, string]
  /** A third of them in one network, which has separate limits. */
  shoppers: { token: string; person: string; network: string | null }[]
  /** The domain of every e-mail address of this world. */
  domain: string
  /** Acknowledged orders; appended while the history runs. */
  orders: KnownOrder[]
  /** The entry that an acceptance with this key is about, for its repeat. */
  accepts: Map<string, string>
  sign: (payload: string) => string
  /** The initial stock: units per variant and location. */
  start: Map<string, number>
}

const LIMIT = 5

/** Ends the zones and discounts that an adversary leaves: others in this database know the prices of lines alone. */
export async function endPriceRules(sql: Sql): Promise<void> {
  await sql`delete from public.delivery_zones`
  await sql`update public.discounts set active = false`
}

/**
 * A variant for every two connections, one of them scarce from the start, one with a limit per person; two or three
 * carts for every connection, three of them one person's.
 */
export async function aWorld(sql: Sql, connections: number): Promise<World> {
  // Here a few guests ask as fast as thousands; tests/database/holds/rates.test.ts is about that.
  await sql`update private.rates set guest = 10000000, network = 10000000`
  await endPriceRules(sql)
  const network = aNetwork()
  const shop = await aShop(sql, Math.max(6, Math.ceil(connections / 2)))
  const [limited = ''] = shop.variants
  await sql`update public.variants set limit_per_person = ${LIMIT} where id = ${limited}`
  for (const [n, variantId] of shop.variants.entries()) {
    await deliver(sql, variantId, shop.locations[0], n === 1 ? 3 : 40)
    if (n > 2) await deliver(sql, variantId, shop.locations[1], 25)
  }
  // The same carts order again and again, and pay later: what is unpaid has no limit here.
  // An offer ends before a hold that is extended does, which the checker bounds.
  await sql`update private.shop_limits
    set unpaid_orders = 1000000, unpaid_minor = 1000000000, offer_time = '20 minutes'`
  const carts = Math.max(30, Math.ceil(connections * 2.5))
  const [row] = await sql`select secret from private.payment_providers where provider = 'sandbox'`
  const secret = row?.secret as Buffer
  const tag = shop.productId.slice(0, 8)
  return {
    handle: `mug-${tag}`,
    variants: shop.variants,
    limited,
    limit: LIMIT,
    locations: shop.locations,
    shoppers: Array.from({ length: carts }, (_, n) => ({
      token: aToken(),
      person: `shopper-${n % Math.ceil(carts / 3)}`,
      network: n % 3 === 0 ? network : null,
    })),
    domain: `${tag}.example.test`,
    orders: [],
    accepts: new Map(),
    sign: (payload) => createHmac('sha256', secret).update(payload).digest('hex'),
    start: await unitsOf(sql, shop.variants),
  }
}

export const levelKey = (variantId: string, locationId: string) => `${variantId} ${locationId}`

/** The orders people still talk about. */
export const recentOrders = (world: World) => world.orders.slice(-100)

/** People come and go: after so many orders the same carts are other people's, or nobody could buy for long. */
export const emailOf = (world: World, shopper: { person: string }) =>
  `${shopper.person}-${Math.floor(world.orders.length / 30)}@${world.domain}`

async function unitsOf(sql: Sql, variants: string[]): Promise<Map<string, number>> {
  const rows = await sql`select variant_id, location_id, on_hand from public.stock_levels
    where variant_id = any(${variants}::uuid[])`
  return new Map(rows.map((row) => [levelKey(row.variant_id, row.location_id), row.on_hand as number]))
}
