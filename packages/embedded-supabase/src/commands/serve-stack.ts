import { type StackOptions, startStack } from '#stack'
import { untilInterrupted } from './run-command'

/** The embedded Supabase alone, until Ctrl-C. Its lines are named as `supabase status -o env` names them. */
export async function serveStack(options: StackOptions, interrupted: AbortSignal): Promise<void> {
  const stack = await startStack(options)
  const lines = {
    API_URL: stack.apiUrl,
    DB_URL: stack.databaseUrl,
    PUBLISHABLE_KEY: stack.publishableKey,
    SECRET_KEY: stack.secretKey,
    JWT_SECRET: stack.jwtSecret,
    SMTP_URL: stack.smtpUrl,
    MAILBOX_URL: stack.mailboxUrl,
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
}
