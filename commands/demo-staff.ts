import { runCommand } from 'embedded-supabase/run-command'
import { StartError } from 'embedded-supabase/start-error'
import { createDemoStaff, DEMO_PASSWORD } from './stack/demo-staff'

// npm run staff:demo: the demo colleagues on a Supabase that was seeded by other means (`supabase start`).
await runCommand(async () => {
  const { NEXT_PUBLIC_SUPABASE_URL: url, SUPABASE_SECRET_KEY: secretKey } = process.env
  if (!url || !secretKey) throw new StartError('Set NEXT_PUBLIC_SUPABASE_URL and SUPABASE_SECRET_KEY first.')
  await createDemoStaff(url, secretKey)
  console.log(`viewer@, stock@ and manager@onhand.test sign in at ${url} with ${DEMO_PASSWORD}`)
})
