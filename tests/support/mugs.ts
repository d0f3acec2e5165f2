import { expect } from 'vitest'
import { aShop, deliver, type Tx } from '@/tests/support/database'

/** One variant, twelve units in the shop, none in the store. */
export async function twelveMugs(tx: Tx) {
  const shop = await aShop(tx)
  const [variantId = ''] = shop.variants
  await deliver(tx, variantId, shop.locations[0], 12)
  return { ...shop, variantId, shopId: shop.locations[0], storeId: shop.locations[1] }
}

/** Every sum is what its ledger adds up to. */
export const noDrift = async (tx: Tx) =>
  expect([...(await tx`select * from private.inventory_drift()`)]).toEqual([])
