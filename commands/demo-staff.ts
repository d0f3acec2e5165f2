import { runCommand } from 'embedded-supabase/run-command'
import { StartError } from 'embedded-supabase/start-error'
import { createDemoStaff, DEMO_PASSWORD } from './stack/demo-staff'

// npm run staff:demo: the demo staff on a Supabase that was seeded by other means (`supabase start`).
await runCommand(async () => {
  const { NEXT_PUBLIC_SUPABASE_URL: url, SUPABASE_SECRET_KEY: secretKey } = process.env
  if (!url || !secretKey) throw new StartError('Set NEXT_PUBLIC_SUPABASE_URL and SUPABASE_SECRET_KEY first.')
  // Their password is public: only a Supabase that nobody else reaches may have them.
  const { hostname } = new URL(url)
  if (!['127.0.0.1', '::1', '[::1]', 'localhost'].includes(hostname))
    throw new StartError(
      `The demo staff are for this machine alone, and ${hostname} is a different one: nothing was done.`,
    )
  await createDemoStaff(url, secretKey)
  console.log(`viewer@, stock@ and manager@onhand.test sign in at ${url} with ${DEMO_PASSWORD}`)
})
