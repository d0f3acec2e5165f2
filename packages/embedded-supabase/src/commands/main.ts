import { runCommand } from './run-command'
import { serveStack } from './serve-stack'
import { parseStackFlags } from './stack-flags'

// npx embedded-supabase: the Supabase project of this folder, until Ctrl-C.
await runCommand((interrupted) => serveStack(parseStackFlags(), interrupted))
