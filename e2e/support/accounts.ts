import { randomUUID } from 'node:crypto'
import { createClient } from '@supabase/supabase-js'
import type { Sql } from 'postgres'

export type Role = 'viewer' | 'stock' | 'manager'
export interface Account {
  id: string
  email: string
  password: string
}

/** An account at Auth, which makes nobody staff; by default its address is confirmed. */
export async function makeAccount({ isConfirmed = true } = {}): Promise<Account> {
  const [url, key] = [process.env.NEXT_PUBLIC_SUPABASE_URL, process.env.SUPABASE_SECRET_KEY]
  if (!url || !key) throw new Error('Supabase is not set: run the browser tests by "npm run e2e".')
  const account = { email: `${randomUUID()}@onhand.test`, password: randomUUID() }
  const { data, error } = await createClient(url, key, {
    auth: { persistSession: false },
  }).auth.admin.createUser({ ...account, email_confirm: isConfirmed })
  if (error) throw new Error('an account for the test', { cause: error })
  return { id: data.user.id, ...account }
}

export async function addStaff(
  sql: Sql,
  { id, email }: Account,
  role: Role,
  name = `Robin the ${role}`,
): Promise<void> {
  await sql`insert into public.staff (user_id, name, email, role) values (${id}, ${name}, ${email}, ${role})`
}

/** A name stays in the ledger, so who leaves is deactivated. */
export async function endAccess(sql: Sql, { id }: Account): Promise<void> {
  await sql`update public.staff set active = false where user_id = ${id}`
}
