import 'server-only'
import { Outbox } from '@/lib/domain/mail/mail'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

/** How many e-mails wait, and which failed. For managers. */
export async function readOutbox(): Promise<Outbox> {
  const client = await sessionClient()
  return Outbox.parse(rowsOrThrow('read_mail', await client.rpc('read_mail')))
}
