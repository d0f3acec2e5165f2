import { existsSync } from 'node:fs'
import { createClient } from '@supabase/supabase-js'
import { startStack } from 'embedded-supabase/stack'
import { runningStack } from 'embedded-supabase/stack-state'
import { StartError } from 'embedded-supabase/start-error'
import { DEFAULT_DATA_DIR, shopStack } from '@/commands/stack/shop-stack'
import type { Supabase } from '@/lib/server/platform/supabase'
import type { Database } from '@/supabase/database.types'

export interface FoundSupabase {
  client: Supabase
  /** The address of its API. */
  url: string
  secretKey: string
  /** Where it is and how it was found, for the person at the terminal. */
  description: string
  /** Stops what was started for this command; nothing else. */
  release: () => Promise<void>
}

/**
 * The Supabase a command works on, with the secret key: the one the environment or .env.local names, else the embedded
 * one if it runs, else the embedded one started for the duration.
 */
export async function findSupabase(): Promise<FoundSupabase> {
  if (existsSync('.env.local')) process.loadEnvFile('.env.local')
  const url = process.env.NEXT_PUBLIC_SUPABASE_URL
  if (url) {
    const key = process.env.SUPABASE_SECRET_KEY
    if (!key)
      throw new StartError(
        'NEXT_PUBLIC_SUPABASE_URL is set, SUPABASE_SECRET_KEY is not. Set both or neither.',
      )
    return found(url, key, 'named by the environment')
  }
  const running = runningStack(DEFAULT_DATA_DIR)
  if (running) return found(running.apiUrl, running.secretKey, 'the embedded one, which runs')

  const stack = await startStack(shopStack([]))
  return found(stack.apiUrl, stack.secretKey, 'the embedded one, started for this', stack.stop)
}

function found(
  url: string,
  secretKey: string,
  how: string,
  release: () => Promise<void> = async () => undefined,
): FoundSupabase {
  const client = createClient<Database>(url, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
  return { client, url, secretKey, description: `${url} (${how})`, release }
}
