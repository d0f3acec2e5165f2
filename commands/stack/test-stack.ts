import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from 'embedded-supabase/ports'
import { startStack } from 'embedded-supabase/stack'
import { StartError } from 'embedded-supabase/start-error'
import { ROOT } from '@/commands/root'
import { enableSandbox } from './sandbox'
import { afterSeed, environmentOf } from './shop-stack'

const VARIABLES = [
  'NEXT_PUBLIC_SUPABASE_URL',
  'NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY',
  'SUPABASE_SECRET_KEY',
  'DATABASE_URL',
]

export interface TestSupabase {
  /** The variables that lead the shop and the tests to it. */
  env: Record<string, string>
  isEmbedded: boolean
  stop: () => Promise<void>
}

/**
 * The Supabase the environment names, all four variables of it, else an embedded one with separate ports and data that
 * `stop` deletes. Not .env.local: tests write, and that file may name a shop in use.
 */
export async function testSupabase(): Promise<TestSupabase> {
  const missing = VARIABLES.filter((name) => !process.env[name])
  if (missing.length === 0) {
    await enableSandbox(process.env.DATABASE_URL ?? '')
    return { env: {}, isEmbedded: false, stop: async () => undefined }
  }
  if (missing.length < VARIABLES.length) {
    throw new StartError(
      `To test against another Supabase set ${missing.join(', ')} too; set none for the embedded one.`,
    )
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'onhand-test-'))
  const stack = await startStack({
    ...{ project: ROOT, dataDir, afterSeed },
    apiPort: await freePort(),
    databasePort: await freePort(),
  })
  return {
    env: environmentOf(stack),
    isEmbedded: true,
    stop: async () => {
      await stack.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
