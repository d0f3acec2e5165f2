import 'server-only'
import { ShopSettings } from '@/lib/domain/settings/shop'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

/** The settings as they are. */
export async function readSettings(): Promise<ShopSettings> {
  const client = await sessionClient()
  return ShopSettings.parse(rowsOrThrow('read_shop_settings', await client.rpc('read_shop_settings')))
}
