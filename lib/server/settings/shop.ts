import 'server-only'
import { connection } from 'next/server'
import { cache } from 'react'
import { setShopFormat } from '@/lib/domain/core/shop-format'
import { isUnavailable } from '@/lib/domain/core/unavailable'
import { type Shop, unnamedShop } from '@/lib/domain/settings/shop'
import { lastKnown } from '@/lib/server/resilience/last-known'
import { readShopOnce } from './shop-reads'

/** The identity of the shop. While the database cannot be reached: the last known, or a shop without a name. */
export const currentShop = cache(async (): Promise<Shop> => {
  // Not while the shop is built: no database is known then.
  await connection()
  const shop = await lastKnown('shop', readShopOnce).catch((cause: unknown) => {
    if (isUnavailable(cause)) return unnamedShop
    throw cause
  })
  if (shop !== unnamedShop) setShopFormat({ locale: shop.locale, timeZone: shop.time_zone })
  return shop
})

/** Whether the shop has a name. One whose database cannot be reached is taken to have one: it is not new. */
export async function isNamed(): Promise<boolean> {
  const shop = await currentShop()
  return shop === unnamedShop || shop.name !== ''
}
