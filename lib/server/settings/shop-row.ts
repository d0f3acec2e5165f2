import 'server-only'
import { setShopFormat } from '@/lib/domain/core/shop-format'
import { Shop, unnamedShop } from '@/lib/domain/settings/shop'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'

/** The identity of the shop, from the database; this server then writes numbers and times as it does. */
export async function readShop(): Promise<Shop> {
  const rows = rowsOrThrow('shop_settings', await secretClient().from('shop_settings').select('*').limit(1))
  const shop = rows[0] ? Shop.parse(rows[0]) : unnamedShop
  setShopFormat({ locale: shop.locale, timeZone: shop.time_zone })
  return shop
}
