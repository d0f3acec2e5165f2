import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { KEYS } from '@/local/keys'
import { openStage, type Stage, user1, userToken } from './support/stage'

let stage: Stage
const topic = 'realtime:room:1'
const rw = 'realtime:room:rw'
const jsonHeaders = {
  apikey: KEYS.anonJwt,
  authorization: `Bearer ${KEYS.anonJwt}`,
  'content-type': 'application/json',
}
const asUser = (token: string) => ({ ...jsonHeaders, authorization: `Bearer ${token}` })

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

async function post(path: string, body: unknown, headers: Record<string, string> = jsonHeaders) {
  const isText = typeof body === 'string'
  const sent = isText ? body : body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body)
  const response = await fetch(`${stage.url}/realtime/v1/api/${path}`, {
    method: 'POST',
    headers,
    body: sent,
  })
  return { status: response.status, body: await response.text() }
}

/** Someone who may read and write in room:rw. */
async function insider() {
  const client = await stage.connect()
  const reply = await client.join(rw, { private: true }, userToken(user1))
  expect(reply.payload.status).toBe('ok')
  return client
}

test('49. with self and ack the sender hears itself first and is answered then', async () => {
  const [a, b] = [await stage.connect(), await stage.connect()]
  await a.join(topic, { broadcast: { self: true, ack: true } })
  await b.join(topic)

  const ref = a.sendBroadcast(topic, 'e1', { x: 'é' })
  const reply = await a.reply(ref)

  expect(reply).toMatchObject({ joinRef: '1', payload: { status: 'ok', response: {} } })
  const [own] = await a.collect('broadcast', 1)
  expect(own?.payload).toEqual({ type: 'broadcast', event: 'e1', payload: { x: 'é' } })
  expect(own && a.frames.indexOf(own)).toBeLessThan(a.frames.indexOf(reply))
  expect((await b.collect('broadcast', 1)).map(({ payload }) => payload.payload)).toEqual([{ x: 'é' }])
})

test('50. without self the sender hears nothing back', async () => {
  const [a, b] = [await stage.connect(), await stage.connect()]
  await a.join(topic)
  await b.join(topic)

  a.sendBroadcast(topic, 'e1', {})

  expect(await b.collect('broadcast', 1)).toHaveLength(1)
  expect(a.frames).toHaveLength(1)
})

test('51. bytes arrive as they were sent, at clients that can take them', async () => {
  const [a, b, old] = [await stage.connect(), await stage.connect(), await stage.connect({ vsn: '1.0.0' })]
  for (const client of [a, b, old]) await client.join(topic)
  const bytes = Buffer.from([0, 1, 2, 255])

  a.sendBroadcast(topic, 'bytes', bytes)

  const [heard] = await b.collect('broadcast', 1)
  expect(heard).toMatchObject({ isBinary: true, body: bytes })
  expect(old.frames).toHaveLength(1)
})

test('a text push is passed on word for word, and one by one in order', async () => {
  const [a, b] = [await stage.connect(), await stage.connect()]
  await a.join(topic)
  await b.join(topic)

  a.send(topic, 'broadcast', { odd: true, event: 'x' }, '1')
  for (let n = 0; n < 50; n++) a.sendBroadcast(topic, 'n', { n })

  const [odd, ...numbered] = (await b.collect('broadcast', 51)).map(({ payload }) => payload)
  expect(odd).toEqual({ odd: true, event: 'x' })
  expect(numbered.map(({ payload }) => payload.n)).toEqual(Array.from({ length: 50 }, (_, n) => n))
})

test('52. a batch by REST reaches the rooms it names', async () => {
  const client = await stage.connect()
  await client.join(topic)
  const message = (event: string, name = 'room:1') => ({ topic: name, event, payload: { a: 1 } })

  const answer = await post('broadcast?apikey=x&vsn=2.0.0', {
    messages: [message('r1'), message('r2'), message('r3', 'nobody')],
  })

  expect(answer).toEqual({ status: 202, body: '' })
  expect((await client.collect('broadcast', 2)).map(({ payload }) => payload)).toEqual([
    { type: 'broadcast', event: 'r1', payload: { a: 1 } },
    { type: 'broadcast', event: 'r2', payload: { a: 1 } },
  ])
})

test('53. a request that cannot be served says why', async () => {
  const good = { topic: 'room:1', event: 'e', payload: { a: 1 } }
  const unauthorized = { status: 401, body: '{"message":"Unauthorized"}' }

  expect(await post('broadcast', { messages: [good] }, { 'content-type': 'application/json' })).toEqual(
    unauthorized,
  )
  expect(await post('broadcast', { messages: [good] }, { apikey: 'abc' })).toEqual(unauthorized)
  expect(await post('broadcast', '{bad')).toEqual({ status: 400, body: 'Bad Request' })
  expect(await post('broadcast', { messages: [{ topic: 'x' }, good] })).toEqual({
    status: 422,
    body: '{"errors":{"messages":[{"event":["can\'t be blank"],"payload":["can\'t be blank"]},{}]}}',
  })
  expect(await post('broadcast', {})).toEqual({
    status: 422,
    body: '{"errors":{"messages":["can\'t be blank"]}}',
  })
  expect(await post('broadcast', { messages: [{ ...good, payload: 'str' }] })).toEqual({
    status: 422,
    body: '{"errors":{"messages":[{"payload":["is invalid"]}]}}',
  })
  expect((await fetch(`${stage.url}/realtime/v1/api/broadcast`)).status).toBe(404)
  expect(await (await fetch(`${stage.url}/realtime/v1/api/ping`)).text()).toBe('{"message":"Success"}')
})

test('53. a private message without permission is refused alone and dropped in a batch', async () => {
  const client = await insider()
  const messages = [{ topic: 'room:rw', event: 'p', payload: { a: 1 }, private: true }]

  expect(await post('broadcast/room%3Arw/events/p?private=true', {})).toEqual({
    status: 403,
    body: '{"message":"Unauthorized"}',
  })
  expect(await post('broadcast', { messages })).toEqual({ status: 202, body: '' })
  expect(await client.collect('broadcast', 0)).toHaveLength(0)

  await post('broadcast', { messages }, asUser(userToken(user1)))
  await post('broadcast/room%3Arw/events/one?private=true', { b: 2 }, asUser(KEYS.serviceRoleJwt))
  expect((await client.collect('broadcast', 2)).map(({ payload }) => payload.payload)).toEqual([
    { a: 1 },
    { b: 2 },
  ])
})

test('53. a single message takes any JSON, bytes, and nothing else', async () => {
  const client = await stage.connect()
  await client.join(topic)
  const path = 'broadcast/room%3A1/events/one'

  expect((await post(path, '[1]')).status).toBe(202)
  expect(
    (await post(path, Buffer.from([1, 2]), { ...jsonHeaders, 'content-type': 'application/octet-stream' }))
      .status,
  ).toBe(202)
  expect(await post(path, 'a=b', { ...jsonHeaders, 'content-type': 'text/plain' })).toMatchObject({
    status: 415,
  })
  expect((await post(path, { big: 'x'.repeat(4_000_000) })).body).toBe(
    '{"errors":{"payload":["Payload size exceeds tenant limit"]}}',
  )

  const heard = await client.collect('broadcast', 2)
  expect(heard[0]?.payload.payload).toEqual({ _json: [1] })
  expect(heard[1]?.body).toEqual(Buffer.from([1, 2]))
})

test('54. a public and a private room of one name never hear each other', async () => {
  const inside = await insider()
  const outside = await stage.connect()
  await outside.join(rw)

  outside.sendBroadcast(rw, 'public', {})
  inside.sendBroadcast(rw, 'private', {})
  await stage.sql`select realtime.send('{}', 'db-public', 'room:rw', false)`
  await stage.sql`select realtime.send('{}', 'db-private', 'room:rw', true)`

  const events = async (client: typeof inside) =>
    (await client.collect('broadcast', 1)).map(({ payload }) => payload.event)
  expect(await events(inside)).toEqual(['db-private'])
  expect(await events(outside)).toEqual(['db-public'])
})

test('55. what the database sends carries an id, and only what is committed is sent', async () => {
  const client = await insider()

  await stage.sql`select realtime.send('{"z":1}', 'db', 'room:rw')`
  await stage.sql`select realtime.send('{"id":"own"}', 'db', 'room:rw')`
  await stage.sql`select realtime.send('[1]', 'db', 'room:rw')`
  await stage.sql`select realtime.send(null, 'db', 'room:rw')`
  await stage.sql
    .begin(async (tx) => {
      await tx`select realtime.send('{"never":1}', 'db', 'room:rw')`
      throw new Error('rolled back')
    })
    .catch(() => undefined)

  const [first, second, ...others] = (await client.collect('broadcast', 2)).map(({ payload }) => payload)
  expect(first).toEqual({
    type: 'broadcast',
    event: 'db',
    payload: { z: 1, id: first.meta.id },
    meta: { id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  })
  expect(second.payload).toEqual({ id: 'own' })
  expect(others).toEqual([])
})

test('56. bytes from the database arrive as bytes', async () => {
  const client = await insider()

  await stage.sql`select realtime.send_binary('\\x0102ff', 'bytes', 'room:rw')`

  expect(await client.collect('broadcast', 1)).toMatchObject([
    { isBinary: true, body: Buffer.from([1, 2, 255]) },
  ])
})

test('57. a trigger tells inserts, updates and deletes', async () => {
  const client = await insider()
  await stage.sql.unsafe(`
    create function tell() returns trigger language plpgsql as $$
    begin
      perform realtime.broadcast_changes('room:rw', tg_op, tg_op, tg_table_name, tg_table_schema, new, old);
      return null;
    end $$;
    create trigger tell after insert or update or delete on plain for each row execute function tell();
  `)

  await stage.sql`insert into plain (room) values ('a')`
  await stage.sql`update plain set room = 'b'`
  await stage.sql`delete from plain`

  const told = (await client.collect('broadcast', 3)).map(({ payload }) => payload)
  const row = (room: string) => ({ id: 1, room, body: null, n: null })
  expect(told.map(({ payload: { id, ...payload } }) => payload)).toEqual([
    { operation: 'INSERT', schema: 'public', table: 'plain', record: row('a'), old_record: null },
    { operation: 'UPDATE', schema: 'public', table: 'plain', record: row('b'), old_record: row('a') },
    { operation: 'DELETE', schema: 'public', table: 'plain', record: null, old_record: row('b') },
  ])
  expect(told.map(({ event }) => event)).toEqual(['INSERT', 'UPDATE', 'DELETE'])
  await stage.sql`drop trigger tell on plain`
})

test('57. a trigger for statements, or for truncate, is told it cannot', async () => {
  const call = (operation: string, level: string) =>
    stage.sql`select realtime.broadcast_changes('t', 'e', ${operation}, 'plain', 'public', p, p, ${level})
      from (select 1 as id) p`

  await expect(call('INSERT', 'STATEMENT')).rejects.toThrow(
    'Failed to process the row: function can only be triggered for each row, not for each statement',
  )
  await expect(call('TRUNCATE', 'ROW')).rejects.toThrow(
    'Failed to process the row: Unexpected operation type: TRUNCATE',
  )
})

test('58. who asks is told when messages of the database flow', async () => {
  const client = await stage.connect()

  await client.join(topic, { broadcast: { replication_ready: true } })

  expect((await client.system(topic)).payload).toEqual({
    extension: 'system',
    status: 'ok',
    message: 'Replication connection established',
    channel: 'room:1',
  })
})

test('59. a newcomer is replayed what it missed, oldest first', async () => {
  await stage.sql`delete from realtime.messages`
  await stage.sql`select realtime.send('{"n":0}', 'old', 'room:rw')`
  await stage.sql`update realtime.messages set inserted_at = inserted_at - interval '1 hour'`
  await stage.sql.begin(async (tx) => {
    for (const n of [1, 2, 3]) await tx`select realtime.send(${tx.json({ n })}, 'stored', 'room:rw')`
  })
  const client = await stage.connect()

  await client.join(
    rw,
    { private: true, broadcast: { replay: { since: Date.now() - 60_000 } } },
    userToken(user1),
  )

  const replayed = await client.collect('broadcast', 3)
  expect(replayed.map(({ payload }) => payload.payload.n)).toEqual([1, 2, 3])
  expect(replayed.every(({ payload, joinRef }) => payload.meta.replayed === true && joinRef === '1')).toBe(
    true,
  )

  const few = await stage.connect()
  await few.join(rw, { private: true, broadcast: { replay: { since: 0, limit: 1 } } }, userToken(user1))
  expect((await few.collect('broadcast', 1)).map(({ payload }) => payload.payload.n)).toEqual([3])
})

test('59. replay is refused where it makes no sense', async () => {
  const client = await stage.connect()
  const reason = async (config: object) =>
    (await client.join(rw, config, userToken(user1))).payload.response.reason

  expect(await reason({ broadcast: { replay: { since: 1 } } })).toBe(
    'UnableToReplayMessages: Replay is not allowed for public channels',
  )
  expect(await reason({ private: true, broadcast: { replay: { since: 'yesterday' } } })).toBe(
    'UnableToReplayMessages: Replay params are not valid',
  )
})

test('60. a broadcast that is too large is refused to whoever asks for an answer', async () => {
  const [a, b] = [await stage.connect(), await stage.connect()]
  await a.join(topic, { broadcast: { ack: true } })
  await b.join(topic)

  const reply = await a.reply(a.sendBroadcast(topic, 'big', { x: 'x'.repeat(4_000_000) }))

  expect(reply.payload).toEqual({ status: 'error', response: 'payload_size_exceeded' })
  expect(await b.collect('broadcast', 0)).toHaveLength(0)
})

test('the newest client sends and hears every kind of broadcast', async () => {
  const make = () =>
    createClient(stage.url, KEYS.publishable, { realtime: { transport: WebSocket as never } })
  const [sender, hearer] = [make(), make()]
  const heard: unknown[] = []
  const joined = (channel: ReturnType<typeof sender.channel>) =>
    new Promise<void>((resolve) => channel.subscribe((status) => status === 'SUBSCRIBED' && resolve()))
  const there = hearer
    .channel('js')
    .on('broadcast', { event: '*' }, ({ event, payload }) => heard.push([event, payload]))
  const here = sender.channel('js', { config: { broadcast: { ack: true } } })
  await joined(there)
  await joined(here)

  expect(await here.send({ type: 'broadcast', event: 'json', payload: { a: 1 } })).toBe('ok')
  expect(await here.httpSend('http', { b: 2 })).toEqual({ success: true })
  expect(await sender.channel('js').send({ type: 'broadcast', event: 'rest', payload: { c: 3 } })).toBe('ok')

  await expect
    .poll(() => heard)
    .toEqual([
      ['json', { a: 1 }],
      ['http', { b: 2 }],
      ['rest', { c: 3 }],
    ])
  await Promise.all([sender.removeAllChannels(), hearer.removeAllChannels()])
})
