import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { requireFreePort } from 'embedded-supabase/ports'
import { untilInterrupted } from 'embedded-supabase/run-command'
import { type Stack, startStack } from 'embedded-supabase/stack'
import { asPort } from 'embedded-supabase/stack-flags'
import { StartError } from 'embedded-supabase/start-error'
import { type FakeStripe, startFakeStripe } from 'fake-stripe'
import { ROOT } from '@/commands/root'
import { DEMO_PASSWORD } from '@/commands/stack/demo-staff'
import { environmentOf, hookOf, shopStack } from '@/commands/stack/shop-stack'
import { buildShop, isBuilt } from './build'
import { drawPictures } from './pictures'
import { startShop } from './shop'
import { announceShop } from './shop-note'

interface Backend {
  /** The address of its API. */
  url: string
  env: Record<string, string>
  broken: Promise<Error>
  stop: () => Promise<void>
  /** Card payments without network; a configured Supabase has the keys of Stripe in the environment, or none. */
  cards?: FakeStripe
  /** Has the embedded Auth post its messages to the shop. */
  sendEmailsTo?: Stack['sendEmailsTo']
  /** Lines for whoever reads the terminal. */
  told: string[]
}

/** The shop on the Supabase the environment names, else on an embedded one, until Ctrl-C. */
export async function serveShop(mode: 'start' | 'dev', interrupted: AbortSignal): Promise<void> {
  const port = asPort('PORT', process.env.PORT, 3000)
  await requireFreePort(port, 'the shop', `PORT=${port + 1} npm ${mode === 'dev' ? 'run dev' : 'start'}`)
  const backend = configuredSupabase() ?? (await embeddedSupabase())
  try {
    if (mode === 'start' && !isBuilt()) {
      console.log('Building the shop (a minute; the next start takes seconds) …')
      await buildShop(interrupted)
    }
    if (mode === 'dev') drawPictures()
    if (interrupted.aborted) return
    const shop = await startShop({ mode, port, env: { ...backend.env, ...backend.cards?.env } })
    backend.sendEmailsTo?.(hookOf(shop.url))
    backend.cards?.webhooks.sendTo(`${shop.url}/api/payments/stripe`)
    const withdraw = announceShop(shop.url, backend.url)
    console.log(
      ['', `  shop      ${shop.url}`, `  staff     ${shop.url}/staff`, ...backend.told, ''].join('\n'),
    )
    try {
      await untilInterrupted(interrupted, Promise.race([backend.broken, shop.broken]))
    } finally {
      withdraw()
      await shop.stop()
    }
  } finally {
    await backend.stop()
  }
}

function configuredSupabase(): Backend | null {
  const file = join(ROOT, '.env.local')
  if (existsSync(file)) process.loadEnvFile(file)
  const url = process.env.NEXT_PUBLIC_SUPABASE_URL
  if (!url) return null
  for (const key of ['NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY', 'SUPABASE_SECRET_KEY']) {
    if (process.env[key]) continue
    throw new StartError(
      `NEXT_PUBLIC_SUPABASE_URL is set and ${key} is not. Set all three ` +
        "(the project's API settings show the keys), or none for the embedded Supabase.",
    )
  }
  return {
    url,
    env: {},
    broken: new Promise(() => undefined),
    stop: async () => undefined,
    told: [`  Supabase  ${url}`],
  }
}

async function embeddedSupabase(): Promise<Backend> {
  const options = shopStack()
  console.log('Starting the embedded Supabase …')
  const stack = await startStack(options)
  const cards = await startFakeStripe()
  return {
    url: stack.apiUrl,
    env: environmentOf(stack),
    broken: stack.broken,
    cards,
    sendEmailsTo: stack.sendEmailsTo,
    stop: async () => {
      await cards.stop()
      await stack.stop()
    },
    told: [
      `  API       ${stack.apiUrl}`,
      `  database  ${stack.databaseUrl}`,
      `  mailbox   ${stack.mailboxUrl}`,
      '',
      `  Demo staff: manager@onhand.test, stock@onhand.test, viewer@onhand.test; password ${DEMO_PASSWORD}`,
      '  A development tool: it answers this machine alone. Ctrl-C stops everything.',
    ],
  }
}
