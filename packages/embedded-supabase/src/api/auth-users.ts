import type { Sql } from 'postgres'
import { AuthRefusal } from './auth-errors'
import type { UserChange } from './auth-user-change'

/** A user as Supabase Auth shows it to an administrator. */
export type AuthUser = { id: string } & Record<string, unknown>

/** The users of Auth, in the tables @supabase/lite keeps and the shapes Supabase Auth answers in. */
export function authUsers(sql: Sql) {
  async function get(id: string): Promise<AuthUser> {
    const [row] = await sql<{ user: AuthUser }[]>`select ${shape(sql)} from auth.users u where u.id = ${id}`
    if (!row) throw new AuthRefusal(404, 'user_not_found', 'User not found')
    return row.user
  }

  async function list(page: number, perPage: number): Promise<{ users: AuthUser[]; total: number }> {
    const [count] = await sql<{ total: number }[]>`select count(*)::integer as total from auth.users`
    const rows = await sql<{ user: AuthUser }[]>`
      select ${shape(sql)} from auth.users u
      order by u.created_at desc, u.id
      limit ${perPage} offset ${(page - 1) * perPage}`
    return { users: rows.map((row) => row.user), total: count?.total ?? 0 }
  }

  async function create(change: UserChange): Promise<AuthUser> {
    const id = change.id ?? crypto.randomUUID()
    const appMetadata = { provider: 'email', providers: ['email'], ...change.app_metadata }
    const identity = { sub: id, email: change.email, email_verified: false, phone_verified: false }
    await sql.begin(async (tx) => {
      await tx`
        insert into auth.users (
          id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data
        ) values (
          ${id}, 'authenticated', ${change.role ?? 'authenticated'}, ${change.email ?? null},
          extensions.crypt(${change.password ?? crypto.randomUUID()}, extensions.gen_salt('bf', 10)),
          ${change.email_confirm ? new Date() : null},
          ${JSON.stringify(appMetadata)}::text::jsonb,
          ${JSON.stringify(change.user_metadata ?? {})}::text::jsonb
        )`
      await tx`
        insert into auth.identities (id, provider, provider_id, user_id, identity_data)
        values (gen_random_uuid(), 'email', ${id}, ${id}, ${JSON.stringify(identity)}::text::jsonb)`
    })
    return get(id)
  }

  async function update(id: string, change: UserChange): Promise<AuthUser> {
    const { email = null, password = null, role = null, email_confirm = false } = change
    await get(id)
    await sql.begin(async (tx) => {
      await tx`
        update auth.users
        set email = coalesce(${email}, email),
          role = coalesce(${role}, role),
          encrypted_password = coalesce(extensions.crypt(${password}, extensions.gen_salt('bf', 10)), encrypted_password),
          email_confirmed_at = coalesce(email_confirmed_at, case when ${email_confirm} then now() end),
          raw_app_meta_data = jsonb_strip_nulls(raw_app_meta_data || ${JSON.stringify(change.app_metadata ?? {})}::text::jsonb),
          raw_user_meta_data = jsonb_strip_nulls(raw_user_meta_data || ${JSON.stringify(change.user_metadata ?? {})}::text::jsonb),
          updated_at = now()
        where id = ${id}`
      await tx`
        update auth.identities
        set identity_data = identity_data || jsonb_build_object('email', ${email}::text), updated_at = now()
        where user_id = ${id} and provider = 'email' and ${email}::text is not null`
    })
    return get(id)
  }

  /** Sessions and identities go with the user; rows of the shop that name it obey their own foreign keys. */
  async function remove(id: string): Promise<void> {
    await get(id)
    await sql.begin(async (tx) => {
      await tx`delete from auth.refresh_tokens where user_id = ${id}`
      await tx`delete from auth.users where id = ${id}`
    })
  }

  return { get, list, create, update, remove }
}

const shape = (sql: Sql) => sql`
  jsonb_strip_nulls(jsonb_build_object(
    'id', u.id, 'aud', u.aud, 'role', u.role, 'email', coalesce(u.email, ''), 'phone', coalesce(u.phone, ''),
    'email_confirmed_at', u.email_confirmed_at, 'confirmed_at', u.confirmed_at,
    'last_sign_in_at', u.last_sign_in_at, 'created_at', u.created_at, 'updated_at', u.updated_at,
    'is_anonymous', u.is_anonymous
  )) || jsonb_build_object(
    'app_metadata', u.raw_app_meta_data,
    'user_metadata', u.raw_user_meta_data,
    'identities', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'identity_id', i.id, 'id', i.provider_id, 'user_id', i.user_id, 'identity_data', i.identity_data,
        'provider', i.provider, 'last_sign_in_at', i.last_sign_in_at, 'created_at', i.created_at,
        'updated_at', i.updated_at, 'email', i.email
      ) order by i.created_at), '[]')
      from auth.identities i
      where i.user_id = u.id
    )
  ) as user`
