import { buildShop, isBuilt } from '@/commands/shop/build'
import { testSupabase } from '@/commands/stack/test-stack'

/** A Supabase for the whole run, and a build of the shop as the sources are; npm test brings both. */
export async function setup(): Promise<() => Promise<void>> {
  process.env.NEXT_DIST_DIR ??= '.next-test'
  if (!isBuilt()) await buildShop()
  const supabase = await testSupabase()
  Object.assign(process.env, supabase.env)
  return supabase.stop
}
