import { runCommand } from 'embedded-supabase/run-command'
import { buildShop } from '@/commands/shop/build'

// npm run build: the pictures and the production build, for a server that runs `next start`.
await runCommand((interrupted) => buildShop(interrupted))
