import { startStack } from '@/local/stack'
import { runCommand, untilInterrupted } from './run-command'
import { parseStackFlags } from './stack-flags'

// npm run stack: the embedded Supabase alone, until Ctrl-C. Its lines are named as `supabase status -o env` names them.
await runCommand(async (interrupted) => {
  const stack = await startStack(parseStackFlags())
  const lines = {
    API_URL: stack.apiUrl,
    DB_URL: stack.databaseUrl,
    PUBLISHABLE_KEY: stack.publishableKey,
    SECRET_KEY: stack.secretKey,
    JWT_SECRET: stack.jwtSecret,
  }
  console.log(
    Object.entries(lines)
      .map(([name, value]) => `${name}=${value}`)
      .join('\n'),
  )
  try {
    await untilInterrupted(interrupted, stack.broken)
  } finally {
    await stack.stop()
  }
})
