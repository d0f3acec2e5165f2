import { createHash, randomInt } from 'node:crypto'
import postgres from 'postgres'
import { z } from 'zod'
import type { StackConfig } from '#config'
import { KEYS } from '#keys'
import type { Mailbox } from '#mailbox/mailbox'
import { callHook, type EmailData, type SendEmailHook } from './send-email'

/** What Lite tells about a message beside its address and its codes. */
interface Told {
  userId?: string
  tokenNew?: string
  tokenHashNew?: string
  newEmail?: string
}

const Asked = z.object({
  type: z.string(),
  email: z.string().optional(),
  token_hash: z.string().optional(),
})

/**
 * The messages of Auth: posted to the Send-Email hook, or kept in the mailbox. Lite decides when one is due; a repeated
 * confirmation and a change of address that both mailboxes confirm are answered here, as Lite has a short cut for both.
 */
export function createAuthMail(adminUrl: string, mailbox: Mailbox, config: StackConfig) {
  const sql = postgres(adminUrl, { max: 2, onnotice: () => undefined })
  let hook = config.sendEmailHook

  async function send(to: string, data: Partial<EmailData>, userId: string | undefined): Promise<void> {
    const [user] = await sql`
      select id, aud, role, email, coalesce(email_change, '') as new_email, raw_app_meta_data as app_metadata,
        raw_user_meta_data as user_metadata, created_at, updated_at
      from auth.users where id = ${userId ?? null}`
    const message = {
      ...{ token: '', token_hash: '', token_new: '', token_hash_new: '' },
      ...{ redirect_to: config.siteUrl, site_url: config.siteUrl },
      ...data,
    } as EmailData
    if (hook) return callHook(hook, user ?? { email: to }, message)
    const { email_action_type: subject, ...rest } = message
    const text = Object.entries(rest).map(([name, value]) => `${name} ${value}`)
    mailbox.put({ to, subject, text: text.join('\n') })
  }

  /** The methods that Lite calls when a message is due. */
  const mailer = {
    sendConfirmation: (to: string, token_hash: string, token: string, told?: Told) =>
      send(to, { email_action_type: 'signup', token, token_hash }, told?.userId),
    sendRecovery: (to: string, token_hash: string, token: string, told?: Told) =>
      send(to, { email_action_type: 'recovery', token, token_hash }, told?.userId),
    sendMagicLink: (to: string, token_hash: string, token: string, told?: Told) =>
      send(to, { email_action_type: 'magiclink', token, token_hash }, told?.userId),
    sendReauthentication: (to: string, token: string, told?: Told & { tokenHash?: string }) =>
      send(to, { email_action_type: 'reauthentication', token }, told?.userId),
    // The names are those of Supabase Auth: token_hash belongs to the new address, token_hash_new to the current one.
    async sendEmailChange(to: string, hash: string, token: string, told: Told = {}): Promise<void> {
      const codes = told.tokenHashNew
        ? {
            ...{ token, token_hash: told.tokenHashNew },
            ...{ token_new: told.tokenNew ?? '', token_hash_new: hash },
          }
        : { token, token_hash: hash }
      // Lite calls before it stores the new address, which the hook's user has.
      await sql`update auth.users set email_change = ${told.newEmail ?? null} where id = ${told.userId ?? null}`
      await send(to, { email_action_type: 'email_change', ...codes }, told.userId)
    },
  }

  async function resendConfirmation(email: string): Promise<Response> {
    const token = String(randomInt(10 ** (config.otpLength - 1), 10 ** config.otpLength))
    const hash = createHash('sha256')
      .update(email.toLowerCase() + token)
      .digest('hex')
    const [user] = await sql<{ id: string }[]>`
      update auth.users set confirmation_token = ${hash}, confirmation_sent_at = now()
      where email = ${email.toLowerCase()} and email_confirmed_at is null returning id`
    if (user) await mailer.sendConfirmation(email, hash, token, { userId: user.id })
    return Response.json({})
  }

  /** The first of the two confirmations of a change. The other one is left where Lite looks for it. Null for the second. */
  async function confirmFirst(hash: string): Promise<Response | null> {
    const first = await sql`
      update auth.users
      set email_change_token_current = case
          when email_change_token_current = ${hash} then email_change_token_new else email_change_token_current
        end,
        email_change_token_new = null, email_change_confirm_status = 1
      where ${hash} in (email_change_token_current, email_change_token_new)
        and email_change_token_current is not null and email_change_token_new is not null
        and email_change_sent_at > now() - make_interval(secs => ${config.otpExpiry})`
    if (first.count === 0) return null
    const msg = 'Confirmation link accepted. Please proceed to confirm link sent to the other email'
    return Response.json({ code: 200, msg })
  }

  return {
    mailer,
    sendTo: (to: SendEmailHook) => {
      hook = to
    },
    /** Null when the request is not about these two. */
    async answer(request: Request): Promise<Response | null> {
      const path = /^\/auth\/v1\/(resend|verify)$/.exec(new URL(request.url).pathname)?.[1]
      if (!path || request.method !== 'POST') return null
      const key = request.headers.get('apikey')
      if (key !== KEYS.publishable && key !== KEYS.secret) return null
      const asked = Asked.safeParse(
        await request
          .clone()
          .json()
          .catch(() => null),
      ).data
      if (path === 'resend' && asked?.type === 'signup' && asked.email) return resendConfirmation(asked.email)
      if (path === 'verify' && asked?.type === 'email_change' && asked.token_hash)
        return confirmFirst(asked.token_hash)
      return null
    },
    stop: () => sql.end({ timeout: 1 }),
  }
}
