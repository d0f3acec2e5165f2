import { freePort } from 'embedded-supabase/ports'
import { buildShop, isBuilt } from '@/commands/shop/build'
import { startShop } from '@/commands/shop/shop'
import { testSupabase } from '@/commands/stack/test-stack'
import { isDatabaseOnly } from './by-sql'

/** A Supabase and the built shop on it, behind one proxy that it trusts; once for the whole run. */
export async function setup(): Promise<() => Promise<void>> {
  if (isDatabaseOnly()) return async () => undefined
  process.env.NEXT_DIST_DIR ??= '.next-test'
  const supabase = await testSupabase()
  Object.assign(process.env, supabase.env)
  if (!isBuilt()) await buildShop()
  const shop = await startShop({
    mode: 'start',
    port: await freePort(),
    env: { ...supabase.env, TRUSTED_PROXIES: '1' },
  })
  process.env.ATTACKED_SHOP_URL = shop.url
  return async () => {
    await shop.stop()
    await supabase.stop()
  }
}
