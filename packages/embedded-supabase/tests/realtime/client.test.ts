import { createClient, type RealtimeChannel, type SupabaseClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { KEYS } from '#keys'
import { openStage, type Stage, user1, userToken } from './support/stage'

let stage: Stage
const clients: SupabaseClient[] = []

beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => {
  for (const client of clients) await client.removeAllChannels()
  await stage.close()
})

/** The newest supabase-js as an app makes it; only Node 20 needs to be told what a WebSocket is. */
function supabase(token?: string): SupabaseClient {
  const transport = { realtime: { transport: WebSocket as never } }
  const client = createClient(
    stage.url,
    KEYS.publishable,
    token ? { ...transport, accessToken: async () => token } : transport,
  )
  clients.push(client)
  return client
}

const subscribed = (channel: RealtimeChannel) =>
  new Promise<void>((resolve) => channel.subscribe((status) => status === 'SUBSCRIBED' && resolve()))

const live = (channel: RealtimeChannel) =>
  new Promise<void>((resolve) =>
    channel.on('system', {}, ({ message }) => message === 'Subscribed to PostgreSQL' && resolve()),
  )

test('supabase-js hears changes by event, filter and selection', async () => {
  const heard: unknown[] = []
  const channel = supabase()
    .channel('shelf')
    .on(
      'postgres_changes',
      { event: 'INSERT', schema: 'public', table: 'plain', filter: 'room=eq.a' },
      ({ eventType, new: row }) => heard.push([eventType, row.room, row.n]),
    )
    .on('postgres_changes', { event: '*', schema: 'public', table: 'plain' }, ({ eventType, old }) =>
      heard.push([eventType, old]),
    )
  const flowing = live(channel)
  await subscribed(channel)
  await flowing

  await stage.sql`insert into plain (id, room, n) values (501, 'a', 1), (502, 'b', 2)`
  await stage.sql`delete from plain where id = 502`

  await expect
    .poll(() => heard)
    .toEqual([
      ['INSERT', 'a', 1],
      ['INSERT', {}],
      ['INSERT', {}],
      ['DELETE', { id: 502 }],
    ])
})

test('supabase-js sees who is there, and who goes', async () => {
  const [ann, bob] = [supabase(), supabase()]
  const annsRoom = ann.channel('lobby', { config: { presence: { key: 'ann' } } })
  const bobsRoom = bob
    .channel('lobby', { config: { presence: { key: 'bob' } } })
    .on('presence', { event: 'sync' }, () => undefined)
  await subscribed(bobsRoom)
  await subscribed(annsRoom)

  expect(await annsRoom.track({ at: 'shelf' })).toBe('ok')
  await expect.poll(() => bobsRoom.presenceState()).toMatchObject({ ann: [{ at: 'shelf' }] })
  await annsRoom.track({ at: 'cart' })
  await expect.poll(() => bobsRoom.presenceState()).toMatchObject({ ann: [{ at: 'cart' }] })
  await ann.removeChannel(annsRoom)
  await expect.poll(() => bobsRoom.presenceState()).toEqual({})
})

test('supabase-js enters a private room with its own token, and is replayed what it missed', async () => {
  await stage.sql`select realtime.send('{"n":1}', 'stock', 'room:rw')`
  const client = supabase(userToken(user1))
  await client.realtime.setAuth()
  const heard: unknown[] = []
  const room = client
    .channel('room:rw', { config: { private: true, broadcast: { replay: { since: Date.now() - 60_000 } } } })
    .on('broadcast', { event: 'stock' }, ({ payload, meta }) =>
      heard.push([payload.n, meta?.replayed ?? false]),
    )
  await subscribed(room)

  await stage.sql`select realtime.send('{"n":2}', 'stock', 'room:rw')`

  await expect
    .poll(() => heard)
    .toEqual([
      [1, true],
      [2, false],
    ])
})

test('supabase-js gets private rows with its own token, and none of others', async () => {
  const client = supabase(userToken(user1))
  await client.realtime.setAuth()
  const heard: unknown[] = []
  const channel = client
    .channel('mine')
    .on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'owned' }, ({ new: row }) =>
      heard.push(row.id),
    )
  const flowing = live(channel)
  await subscribed(channel)
  await flowing

  await stage.sql`insert into owned values (1, gen_random_uuid(), 'x'), (2, ${user1}, 'y')`

  await expect.poll(() => heard).toEqual([2])
})
