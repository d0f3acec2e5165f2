import { afterAll, beforeAll, expect, test } from 'vitest'
import { KEYS } from '#keys'
import { openStage, type Stage, user1, userToken } from '#tests/realtime/support/stage'

let stage: Stage
const rw = 'realtime:room:rw'
const ro = 'realtime:room:ro'
const inPrivate = { private: true, broadcast: { ack: true }, presence: { enabled: true, key: 'me' } }
const unauthorized = (topic: string) => ({
  status: 'error',
  response: { reason: `Unauthorized: You do not have permissions to read from this Channel topic: ${topic}` },
})

beforeAll(async () => {
  stage = await openStage()
  await stage.sql.unsafe(`
    create policy "presence only" on realtime.messages for select to authenticated
      using (realtime.topic() = 'presence-only' and extension = 'presence');
    create policy "raises" on realtime.messages for select to authenticated
      using (case when realtime.topic() = 'raises' then 1 / (length(topic) - length(topic)) = 1 else false end);
    create policy "sees headers" on realtime.messages for select to anon
      using (realtime.topic() = 'headers' and current_setting('request.headers')::json ->> 'x-shop' = 'mine');
    create policy "sees the caller" on realtime.messages for select to authenticated
      using (realtime.topic() = 'of:' || auth.uid());
  `)
})
afterAll(() => stage.close())

test('67. a private channel opens to those its policy lets in', async () => {
  const client = await stage.connect()

  expect((await client.join(rw, inPrivate, userToken(user1))).payload.status).toBe('ok')
  expect((await client.join(`realtime:of:${user1}`, inPrivate, userToken(user1))).payload.status).toBe('ok')
  expect((await client.join('realtime:other', inPrivate, userToken(user1))).payload).toEqual(
    unauthorized('other'),
  )
  expect((await client.join(rw, inPrivate)).payload).toEqual(unauthorized('room:rw'))
})

test('68. who may only listen is heard by nobody', async () => {
  const [reader, other] = [await stage.connect(), await stage.connect()]
  await reader.join(ro, inPrivate, userToken(user1))
  await other.join(ro, inPrivate, userToken(user1))

  reader.sendBroadcast(ro, 'e', {})
  const tracking = reader.send(ro, 'presence', { type: 'presence', event: 'track', payload: {} }, '1')

  expect((await reader.reply(tracking)).payload).toEqual({ status: 'error', response: {} })
  expect(await other.collect('broadcast', 0)).toHaveLength(0)
  expect(reader.frames.filter(({ event, ref }) => event === 'phx_reply' && ref === '2')).toHaveLength(0)
})

test('68. who may write is heard by all inside', async () => {
  const [writer, other] = [await stage.connect(), await stage.connect()]
  await writer.join(rw, inPrivate, userToken(user1))
  await other.join(rw, inPrivate, userToken(user1))

  const reply = await writer.reply(writer.sendBroadcast(rw, 'e', { x: 1 }))

  expect(reply.payload).toEqual({ status: 'ok', response: {} })
  expect(await other.collect('broadcast', 1)).toHaveLength(1)
})

test('69. a token that may not read ends a private channel', async () => {
  const client = await stage.connect()
  await client.join(rw, inPrivate, userToken(user1))

  client.send(rw, 'access_token', { access_token: KEYS.anonJwt })

  expect((await client.system(rw)).payload).toEqual({
    extension: 'system',
    status: 'error',
    message: 'You do not have permissions to read from this Channel topic: room:rw',
    channel: 'room:rw',
  })
  expect(await client.find(({ event }) => event === 'phx_close')).toMatchObject({ joinRef: '1', ref: '1' })
})

test('70. the service role enters everywhere', async () => {
  const client = await stage.connect({ apikey: KEYS.secret })

  expect((await client.join('realtime:anywhere', inPrivate)).payload.status).toBe('ok')
})

test('71. who may only see presence sees it, and hears nothing', async () => {
  const client = await stage.connect()
  const service = await stage.connect({ apikey: KEYS.secret })
  const topic = 'realtime:presence-only'

  expect((await client.join(topic, inPrivate, userToken(user1))).payload.status).toBe('ok')
  await service.join(topic, inPrivate)
  service.send(topic, 'presence', { type: 'presence', event: 'track', payload: { a: 1 } }, '1')
  service.sendBroadcast(topic, 'e', {})

  await client.find(({ event }) => event === 'presence_state')
  expect(await client.collect('presence_diff', 1)).toHaveLength(1)
  expect(await client.collect('broadcast', 0)).toHaveLength(0)
})

test('72. a policy that raises keeps its caller out and breaks nothing', async () => {
  const client = await stage.connect()

  expect((await client.join('realtime:raises', inPrivate, userToken(user1))).payload).toEqual(
    unauthorized('raises'),
  )
  expect((await client.join(rw, inPrivate, userToken(user1))).payload.status).toBe('ok')
})

test('a policy can read the headers of the handshake', async () => {
  const [mine, other] = [await stage.connect({ headers: { 'X-Shop': 'mine' } }), await stage.connect()]

  expect((await mine.join('realtime:headers', inPrivate)).payload.status).toBe('ok')
  expect((await other.join('realtime:headers', inPrivate)).payload).toEqual(unauthorized('headers'))
})
