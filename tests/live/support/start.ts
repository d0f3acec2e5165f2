import { testSupabase } from '@/commands/stack/test-stack'
import { startShelfServer } from '@/tests/support/shelf-server'

/** A Supabase for the whole run, and the part of the shop's server that pages ask for stock. */
export async function setup(): Promise<() => Promise<void>> {
  const supabase = await testSupabase()
  Object.assign(process.env, supabase.env)
  const shop = await startShelfServer()
  process.env.SHELF_SERVER_URL = shop.url
  return async () => {
    shop.stop()
    await supabase.stop()
  }
}
