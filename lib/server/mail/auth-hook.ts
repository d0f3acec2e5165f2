import 'server-only'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import { authMailsOf, SendEmailHook } from '@/lib/domain/people/auth-mail'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'

/** A call of the hook whose signature is right. */
interface HookCall {
  /** The id of the call; Auth repeats a call with the same one. */
  id: string
  body: SendEmailHook
}

/**
 * The call that Auth signed; null for any other body. Several secrets, separated by |, are those of a rotation: one of them
 * has to fit. A signature is good for five minutes.
 */
export function readHook(body: string, headers: Headers, secrets: string): HookCall | null {
  const id = headers.get('webhook-id')
  if (!id || id.length > 100) return null
  const signed = Object.fromEntries(headers)
  const verified = secrets.split('|').some((secret) => isSigned(body, signed, secret.trim()))
  if (!verified) return null
  const read = SendEmailHook.safeParse(parsed(body))
  return read.success ? { id, body: read.data } : null
}

/** Writes the messages of a call into the outbox, once. False for a kind of message that the shop has no page for. */
export async function queueAuthMail({ id, body }: HookCall): Promise<boolean> {
  const mails = authMailsOf(body)
  if (!mails) return false
  for (const [n, mail] of mails.entries()) {
    rowsOrThrow(
      'queue_auth_mail',
      await secretClient().rpc('queue_auth_mail', { ...mail, request: `${id} ${n}` }),
    )
  }
  return true
}

function isSigned(body: string, headers: Record<string, string>, secret: string): boolean {
  try {
    new Webhook(secret.replace(/^v1,/, '')).verify(body, headers, { jsonParse: false })
    return true
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false
    throw error
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
