import { randomBytes, randomUUID } from 'node:crypto'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import type { World } from '@/tests/faults/support/world'
import { buyAsInTutorials, tables } from '@/tests/reference/purchase'
import { connect } from '@/tests/support/database'
import { theCounter } from '@/tests/support/shop/shopping'

/** The sales of a few units when many buyers wanted them in the same moment. */
export interface Rush {
  readonly units: number
  readonly buyers: number
  readonly sold: number
}

const units = 10
const buyers = 60

/** Shoppers who each want one of the last units, all at once, by the Data API. */
async function rush(
  world: World,
  key: string,
  buy: (supabase: SupabaseClient) => Promise<boolean>,
): Promise<Rush> {
  const { apiUrl } = world.address
  const told = await Promise.all(
    Array.from({ length: buyers }, () =>
      buy(createClient(apiUrl, key, { auth: { storageKey: randomUUID() } })),
    ),
  )
  return { units, buyers, sold: told.filter((isPlaced) => isPlaced).length }
}

export async function rushOnOnhand(world: World): Promise<Rush> {
  const { variantId } = await world.now.stock(units)
  const sql = connect(1, world.address.databaseUrl)
  const location_id = await theCounter(sql)
  await sql.end()
  const contact = { email: 'ada@example.test', name: 'Ada' }
  // As the shop's server asks for guests.
  return rush(world, world.address.secretKey, async (supabase) => {
    const token = randomBytes(24).toString('base64url')
    const held = await supabase.rpc('hold_stock', {
      variant_id: variantId,
      quantity: 1,
      idempotency_key: randomUUID(),
      cart_token: token,
    })
    if (held.error) return false
    const placed = await supabase.rpc('place_order', {
      contact,
      delivery: { method: 'collection', location_id },
      payment: 'on_collection',
      idempotency_key: randomUUID(),
      cart_token: token,
      order_token: token,
    })
    return !placed.error
  })
}

export async function rushOnTutorial(world: World): Promise<Rush> {
  const sql = connect(1, world.address.databaseUrl)
  const productId = randomUUID()
  await sql.unsafe(tables)
  await sql`insert into public.tutorial_products (id, stock) values (${productId}, ${units})`
  await sql.end()
  return rush(world, world.address.publishableKey, (supabase) => buyAsInTutorials(supabase, productId))
}
