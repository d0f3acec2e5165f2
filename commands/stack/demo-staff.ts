import { createClient } from '@supabase/supabase-js'

export const DEMO_PASSWORD = 'onhand-demo'

const DEMO_STAFF = [
  { email: 'viewer@onhand.test', name: 'Vera Lindqvist', role: 'viewer' },
  { email: 'stock@onhand.test', name: 'Sam Okafor', role: 'stock' },
  { email: 'manager@onhand.test', name: 'Mara Castellane', role: 'manager' },
]

/**
 * The staff of the demo shop. They cannot be in seed.sql: Auth alone knows how passwords are stored, so they are made
 * by its admin API, the same way on every Supabase. Existing accounts stay.
 */
export async function createDemoStaff(apiUrl: string, secretKey: string): Promise<void> {
  const supabase = createClient(apiUrl, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
  const { data, error } = await supabase.auth.admin.listUsers()
  if (error) throw new Error('the users of Auth cannot be listed', { cause: error })

  const users = new Map(data.users.map((user) => [user.email, user.id]))
  for (const { email, name, role } of DEMO_STAFF) {
    const userId = users.get(email) ?? (await createUser(email))
    const linked = await supabase
      .from('staff')
      .upsert({ user_id: userId, email, name, role }, { onConflict: 'user_id', ignoreDuplicates: true })
    if (linked.error) throw new Error(`${email} cannot be made staff`, { cause: linked.error })
  }

  async function createUser(email: string): Promise<string> {
    const made = await supabase.auth.admin.createUser({ email, password: DEMO_PASSWORD, email_confirm: true })
    if (made.error) throw new Error(`${email} cannot be made a user`, { cause: made.error })
    return made.data.user.id
  }
}
