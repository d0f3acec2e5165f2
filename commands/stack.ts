import { runCommand } from 'embedded-supabase/run-command'
import { serveStack } from 'embedded-supabase/serve-stack'
import { shopStack } from '@/commands/stack/shop-stack'

// npm run stack: the embedded Supabase with the shop's schema, alone, until Ctrl-C.
await runCommand((interrupted) => serveStack(shopStack(), interrupted))
