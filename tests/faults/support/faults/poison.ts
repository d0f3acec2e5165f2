import { randomUUID } from 'node:crypto'
import { RealtimeClient } from '@supabase/realtime-js'
import { KEYS, signJwt } from 'embedded-supabase/keys'
import { connect } from '@/tests/support/database'

/**
 * Lets a signed-in user follow the shelf under a policy that raises for them. Resolves, once Realtime has their
 * subscription, with a function that removes the user and the policy.
 */
export async function joinPoisonedReader(apiUrl: string, databaseUrl: string): Promise<() => Promise<void>> {
  const sql = connect(1, databaseUrl)
  // Divides by zero for every user id there is; written so that no planner sees it coming.
  await sql`create policy "raises for whoever is signed in" on public.shelf as restrictive for select to authenticated
    using (1 / (length(auth.uid()::text) - 36) = 1)`
  const token = signJwt({
    role: 'authenticated',
    sub: randomUUID(),
    exp: Math.floor(Date.now() / 1_000) + 3_600,
  })
  const client = new RealtimeClient(`${apiUrl.replace(/^http/, 'ws')}/realtime/v1`, {
    params: { apikey: KEYS.publishable },
    accessToken: () => Promise.resolve(token),
  })
  // Without it the channel is joined by anon, whom the policy does not meet.
  await client.setAuth()
  let heard = 0
  await new Promise<void>((joined, failed) => {
    client
      .channel('poisoned')
      .on('postgres_changes', { event: '*', schema: 'public', table: 'shelf' }, () => {
        heard += 1
      })
      .on('system', {}, ({ status, message }) => (status === 'ok' ? joined() : failed(new Error(message))))
      .subscribe()
  })
  return async () => {
    await client.removeAllChannels()
    await client.disconnect()
    await sql`drop policy "raises for whoever is signed in" on public.shelf`
    await sql.end({ timeout: 1 })
    if (heard > 0) throw new Error(`the poisoned reader heard ${heard} changes: its policy did not raise`)
  }
}
