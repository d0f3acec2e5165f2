import { createClient } from '@supabase/supabase-js'
import { expect, onTestFinished, test } from 'vitest'
import { KEYS } from '#keys'

const API = process.env.API_URL ?? ''

function as(key: string) {
  return createClient(API, key, { auth: { persistSession: false, autoRefreshToken: false } })
}

const admin = as(KEYS.secret).auth.admin

async function aUser(email = `${crypto.randomUUID()}@onhand.test`) {
  const { data, error } = await admin.createUser({ email, password: 'first-password', email_confirm: true })
  if (error) throw error
  onTestFinished(async () => {
    await admin.deleteUser(data.user.id)
  })
  return { id: data.user.id, email }
}

test('an administrator creates a user who can sign in at once', async () => {
  const { id, email } = await aUser()

  const { data, error } = await as(KEYS.publishable).auth.signInWithPassword({
    email,
    password: 'first-password',
  })

  expect(error).toBeNull()
  expect(data.user).toMatchObject({ id, email, role: 'authenticated' })
})

test('a new password takes the place of the old one', async () => {
  const { id, email } = await aUser()

  const changed = await admin.updateUserById(id, {
    password: 'second-password',
    user_metadata: { name: 'Vera' },
  })

  expect(changed.data.user?.user_metadata).toEqual({ name: 'Vera' })
  const old = await as(KEYS.publishable).auth.signInWithPassword({ email, password: 'first-password' })
  const renewed = await as(KEYS.publishable).auth.signInWithPassword({ email, password: 'second-password' })
  expect(old.error?.code).toBe('invalid_credentials')
  expect(renewed.error).toBeNull()
})

test('users are listed and found by id', async () => {
  const { id, email } = await aUser()

  const { data } = await admin.listUsers({ page: 1, perPage: 1000 })
  const found = await admin.getUserById(id)

  expect(data.users.map((user) => user.email)).toContain(email)
  expect(found.data.user).toMatchObject({ id, email, aud: 'authenticated' })
})

test('a deleted user cannot sign in, and their session ends', async () => {
  const { id, email } = await aUser()
  const client = as(KEYS.publishable)
  await client.auth.signInWithPassword({ email, password: 'first-password' })

  await admin.deleteUser(id)

  const again = await as(KEYS.publishable).auth.signInWithPassword({ email, password: 'first-password' })
  const renewed = await client.auth.refreshSession()
  expect(again.error?.code).toBe('invalid_credentials')
  expect(renewed.error).not.toBeNull()
  expect((await admin.getUserById(id)).error?.code).toBe('user_not_found')
})

test('what Supabase Auth refuses is refused with its codes', async () => {
  const { email } = await aUser()
  const code = async (call: Promise<{ error: { code?: string | undefined } | null }>) =>
    (await call).error?.code

  expect(await code(admin.createUser({ email, password: 'first-password' }))).toBe('email_exists')
  expect(await code(admin.createUser({ email: 'short@onhand.test', password: 'x' }))).toBe('weak_password')
  expect(await code(admin.createUser({ email: 'nowhere', password: 'long enough' }))).toBe(
    'validation_failed',
  )
  expect(await code(admin.createUser({ password: 'long enough' }))).toBe('validation_failed')
  expect(await code(admin.getUserById(crypto.randomUUID()))).toBe('user_not_found')
})

test('only the secret key administers users', async () => {
  const { id, email } = await aUser()
  const client = as(KEYS.publishable)

  expect((await client.auth.admin.deleteUser(id)).error?.code).toBe('not_admin')
  await client.auth.signInWithPassword({ email, password: 'first-password' })
  expect((await client.auth.admin.deleteUser(id)).error?.code).toBe('not_admin')
  expect((await admin.getUserById(id)).data.user?.id).toBe(id)
})

test('signing out everywhere ends every session of the user', async () => {
  const { email } = await aUser()
  const [here, there] = [as(KEYS.publishable), as(KEYS.publishable)]
  for (const client of [here, there])
    await client.auth.signInWithPassword({ email, password: 'first-password' })

  await here.auth.signOut({ scope: 'global' })

  expect((await there.auth.refreshSession()).error).not.toBeNull()
})

test('an expired session that several servers renew at once is the same one for all', async () => {
  const { email } = await aUser()
  const { data } = await as(KEYS.publishable).auth.signInWithPassword({ email, password: 'first-password' })
  const refresh_token = data.session?.refresh_token ?? ''
  const renew = () => as(KEYS.publishable).auth.refreshSession({ refresh_token })

  const renewed = await Promise.all([renew(), renew(), renew()])

  expect(renewed.map(({ error }) => error)).toEqual([null, null, null])
  expect(new Set(renewed.map(({ data: { session } }) => session?.refresh_token)).size).toBe(1)
})
