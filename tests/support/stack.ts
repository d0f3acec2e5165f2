import { testSupabase } from '@/commands/stack/test-stack'

/** A Supabase for the whole run, unless `npm test` or the environment brings one. */
export async function setup(): Promise<() => Promise<void>> {
  const supabase = await testSupabase()
  Object.assign(process.env, supabase.env)
  return supabase.stop
}
