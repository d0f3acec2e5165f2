import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { createClient } from '@supabase/supabase-js'
import { Webhook } from 'standardwebhooks'
import { expect, onTestFinished, test } from 'vitest'
import { KEYS } from '#keys'

const API = process.env.API_URL ?? ''
const hookUri = new URL(process.env.HOOK_URI ?? 'http://127.0.0.1')
const secret = (process.env.HOOK_SECRET ?? '').replace('v1,', '')

interface Posted {
  user: { id: string; email: string; new_email: string }
  email_data: Record<
    'email_action_type' | 'token' | 'token_hash' | 'token_new' | 'token_hash_new' | 'site_url',
    string
  >
}

function as(key: string) {
  return createClient(API, key, { auth: { persistSession: false, autoRefreshToken: false } })
}

const admin = as(KEYS.secret).auth.admin
const password = 'first-password'

/** The hook of the project, as the route of an application is: it verifies the signature, and keeps what it took. */
async function theHook(status = 200): Promise<Posted[]> {
  const posted: Posted[] = []
  const server = createServer(async (request, response) => {
    const headers = request.headers as Record<string, string>
    posted.push(new Webhook(secret).verify(await text(request), headers) as Posted)
    response.writeHead(status).end('{}')
  })
  server.listen(Number(hookUri.port), hookUri.hostname)
  await once(server, 'listening')
  onTestFinished(async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  })
  return posted
}

async function aUser({ confirmed = true } = {}) {
  const email = `${crypto.randomUUID()}@onhand.test`
  const { data, error } = await admin.createUser({ email, password, email_confirm: confirmed })
  if (error) throw error
  onTestFinished(async () => {
    await admin.deleteUser(data.user.id)
  })
  return { id: data.user.id, email }
}

test('the hash of a mail sets another password, once', async () => {
  const posted = await theHook()
  const { id, email } = await aUser()
  const client = as(KEYS.publishable)

  expect((await client.auth.resetPasswordForEmail(email)).error).toBeNull()
  expect(posted).toMatchObject([{ user: { id, email }, email_data: { email_action_type: 'recovery' } }])
  const token_hash = posted[0]?.email_data.token_hash ?? ''
  const verified = await client.auth.verifyOtp({ type: 'recovery', token_hash })
  expect(verified.data.user?.id).toBe(id)
  expect((await client.auth.updateUser({ password: 'second-password' })).error).toBeNull()

  const again = await as(KEYS.publishable).auth.verifyOtp({ type: 'recovery', token_hash })
  expect(again.error?.code).toBe('otp_expired')
  const renewed = await as(KEYS.publishable).auth.signInWithPassword({ email, password: 'second-password' })
  expect(renewed.error).toBeNull()
})

test('an address without an account is answered the same, and gets no mail', async () => {
  const posted = await theHook()
  const client = as(KEYS.publishable).auth

  expect((await client.resetPasswordForEmail('nobody@onhand.test')).error).toBeNull()
  expect((await client.resend({ type: 'signup', email: 'nobody@onhand.test' })).error).toBeNull()
  expect(posted).toEqual([])
})

test('an unconfirmed address is mailed again, and its hash confirms it', async () => {
  const posted = await theHook()
  const { email } = await aUser({ confirmed: false })
  const client = as(KEYS.publishable).auth
  expect((await client.signInWithPassword({ email, password })).error?.code).toBe('email_not_confirmed')

  expect((await client.resend({ type: 'signup', email })).error).toBeNull()
  expect(posted).toMatchObject([{ email_data: { email_action_type: 'signup' } }])
  const token_hash = posted[0]?.email_data.token_hash ?? ''
  expect((await client.verifyOtp({ type: 'signup', token_hash })).data.session).not.toBeNull()

  expect((await client.signInWithPassword({ email, password })).error).toBeNull()
  expect((await client.resend({ type: 'signup', email })).error).toBeNull()
  expect(posted).toHaveLength(1)
})

test.each([
  ['the new mailbox first', ['token_hash', 'token_hash_new']],
  ['the current mailbox first', ['token_hash_new', 'token_hash']],
] as const)('an address changes when both mailboxes have confirmed it, %s', async (_, order) => {
  const posted = await theHook()
  const { email } = await aUser()
  const client = as(KEYS.publishable).auth
  await client.signInWithPassword({ email, password })
  const next = `${crypto.randomUUID()}@onhand.test`

  expect((await client.updateUser({ email: next })).error).toBeNull()
  expect(posted).toMatchObject([
    { user: { email, new_email: next }, email_data: { email_action_type: 'email_change' } },
  ])
  const data = posted[0]?.email_data
  const confirm = (name: 'token_hash' | 'token_hash_new') =>
    as(KEYS.publishable).auth.verifyOtp({ type: 'email_change', token_hash: data?.[name] ?? '' })
  const first = await confirm(order[0])
  expect([first.error, first.data.session]).toEqual([null, null])
  expect((await client.getUser()).data.user?.email).toBe(email)
  expect((await confirm(order[0])).error?.code).toBe('otp_expired')
  expect((await confirm(order[1])).data.user?.email).toBe(next)
})

test('a hook that fails fails the call, so that nobody waits for a mail that was never taken', async () => {
  await theHook(500)
  const { email } = await aUser()
  const { error } = await as(KEYS.publishable).auth.resetPasswordForEmail(email)
  expect(error).not.toBeNull()
})
