import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { aShop, deliver, type Tx } from '@/tests/support/database'

/** One variant, twelve units in the shop, none in the store. */
export async function twelveUnits(tx: Tx) {
  const shop = await aShop(tx)
  const [variantId = ''] = shop.variants
  await deliver(tx, variantId, shop.locations[0], 12)
  return { ...shop, variantId, shopId: shop.locations[0], storeId: shop.locations[1] }
}

/** Every sum is what its ledger adds up to. */
export const noDrift = async (tx: Tx) =>
  expect([...(await tx`select * from private.inventory_drift()`)]).toEqual([])

/** Units at one location. */
export const onHand = async (tx: Tx, variantId: string, locationId: string) =>
  (
    await tx`select on_hand from public.stock_levels where variant_id = ${variantId} and location_id = ${locationId}`
  )[0]?.on_hand ?? 0

/** A staff member corrects a number. */
export const adjust = (tx: Tx, variantId: string, locationId: string, delta: number) =>
  tx`select public.adjust_stock(${variantId}, ${locationId}, ${delta}, 'correction', ${randomUUID()})`
