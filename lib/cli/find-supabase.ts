import { existsSync } from 'node:fs'
import { createClient } from '@supabase/supabase-js'
import type { Supabase } from '@/lib/server/supabase'
import { readConfig } from '@/local/config'
import { startStack } from '@/local/stack'
import { DEFAULT_DATA_DIR, runningStack } from '@/local/stack-state'
import { StartError } from '@/local/start-error'
import type { Database } from '@/supabase/database.types'

export interface FoundSupabase {
  client: Supabase
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
  const running = runningStack()
  if (running) return found(running.apiUrl, running.secretKey, 'the embedded one, which runs')

  const { apiPort, databasePort } = readConfig()
  const stack = await startStack({ dataDir: DEFAULT_DATA_DIR, apiPort, databasePort })
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
  return { client, secretKey, description: `${url} (${how})`, release }
}
