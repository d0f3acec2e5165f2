import { randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'

/** The Send-Email hook of Auth: where its messages are posted, and the secret that signs them ("v1,whsec_…"). */
export interface SendEmailHook {
  uri: string
  secret: string
}

/** The part of a hook's body that says what the message is about, as Supabase Auth writes it. */
export interface EmailData {
  email_action_type: 'signup' | 'recovery' | 'magiclink' | 'email_change' | 'reauthentication'
  token: string
  token_hash: string
  redirect_to: string
  site_url: string
  /** Of a change of address that both mailboxes confirm: the code and the hash for the current one. */
  token_new: string
  token_hash_new: string
}

/** How long a hook may take, in milliseconds, as in Supabase Auth. */
const HOOK_MS = 5_000

/** Posts a message to the hook, signed. Throws when the hook does not take it. */
export async function callHook(hook: SendEmailHook, user: object, email_data: EmailData): Promise<void> {
  const body = JSON.stringify({ user, email_data })
  const [id, now] = [`msg_${randomUUID()}`, new Date()]
  const response = await fetch(hook.uri, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(hook.secret.replace(/^v1,/, '')).sign(id, now, body),
    },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(HOOK_MS),
  })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`The Send-Email hook answered ${response.status}`)
}
