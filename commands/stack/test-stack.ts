import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from 'embedded-supabase/ports'
import { startStack } from 'embedded-supabase/stack'
import { StartError } from 'embedded-supabase/start-error'
import { ROOT } from '@/commands/root'
import { enableSandbox } from './sandbox'
import { afterSeed, environmentOf, hookOf } from './shop-stack'

const VARIABLES = [
  'NEXT_PUBLIC_SUPABASE_URL',
  'NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY',
  'SUPABASE_SECRET_KEY',
  'DATABASE_URL',
]

export interface TestSupabase {
  /** The variables that lead the shop and the tests to it. */
  env: Record<string, string>
  /** Has the embedded Auth post its messages to a shop; elsewhere nothing. */
  sendEmailsTo: (shopUrl: string) => void
  stop: () => Promise<void>
}

/** Whether the environment names the Supabase of the tests. */
export function isSupabaseNamed(): boolean {
  return VARIABLES.every((name) => process.env[name])
}

/**
 * The Supabase the environment names, all four variables of it, else an embedded one with separate ports and data that
 * `stop` deletes. Not .env.local: tests write, and that file may name a shop in use.
 */
export async function testSupabase(): Promise<TestSupabase> {
  const missing = VARIABLES.filter((name) => !process.env[name])
  if (isSupabaseNamed()) {
    await enableSandbox(process.env.DATABASE_URL ?? '')
    return { env: {}, sendEmailsTo: () => undefined, stop: async () => undefined }
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
    sendEmailsTo: (shopUrl) => stack.sendEmailsTo(hookOf(shopUrl)),
    stop: async () => {
      await stack.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
