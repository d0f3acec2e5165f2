import { join } from 'node:path'
import type { SendEmailHook } from 'embedded-supabase/auth/send-email'
import type { StackOptions } from 'embedded-supabase/stack'
import { parseStackFlags } from 'embedded-supabase/stack-flags'
import type { StackAddress } from 'embedded-supabase/stack-state'
import { ROOT } from '@/commands/root'
import { createDemoStaff } from './demo-staff'
import { enableSandbox } from './sandbox'

export const DEFAULT_DATA_DIR = join(ROOT, '.onhand')

/** The shop's Supabase project, with the demo staff where the demo shop is, as the flags of a command want it. */
export function shopStack(args = process.argv.slice(2)): StackOptions {
  return { ...parseStackFlags(args, { project: ROOT, dataDir: DEFAULT_DATA_DIR }), afterSeed }
}

/** The demo shop's staff, whose passwords only Auth can keep, and its payments in the sandbox. */
export async function afterSeed({ apiUrl, databaseUrl, secretKey }: StackAddress): Promise<void> {
  await enableSandbox(databaseUrl)
  await createDemoStaff(apiUrl, secretKey)
}

/** As public as the other keys of the stack, and as local. */
const hookSecret = `v1,whsec_${Buffer.from('the hook of a stack on this machine').toString('base64')}`

/** The hook of a shop that was started with `environmentOf`. */
export function hookOf(shopUrl: string): SendEmailHook {
  return { uri: new URL('/api/auth/send-email', shopUrl).href, secret: hookSecret }
}

/** The stack's address in the variables that the shop, the tests and the import read. */
export function environmentOf(address: StackAddress): Record<string, string> {
  return {
    NEXT_PUBLIC_SUPABASE_URL: address.apiUrl,
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: address.publishableKey,
    SUPABASE_SECRET_KEY: address.secretKey,
    DATABASE_URL: address.databaseUrl,
    // On this machine nobody is charged; a hosted shop has to ask for it.
    SANDBOX_PAYMENTS: 'on',
    // The mailbox of the stack shows every e-mail; none leaves this machine.
    SMTP_URL: address.smtpUrl,
    MAIL_FROM: 'Shop <orders@onhand.test>',
    SEND_EMAIL_HOOK_SECRET: hookSecret,
  }
}
