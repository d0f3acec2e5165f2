import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { KEYS, signJwt } from '#keys'
import { openStage, type Stage, user1, userToken } from './support/stage'

let stage: Stage
const topic = 'realtime:room:1'
const plain = { event: '*', schema: 'public', table: 'plain' }
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('9. a join without changes is answered with none', async () => {
  const client = await stage.connect()

  const reply = await client.join(topic)

  expect(reply).toMatchObject({
    joinRef: '1',
    ref: '1',
    topic,
    payload: { status: 'ok', response: { postgres_changes: [] } },
  })
})

test('10. entries come back in order, each with an id that never changes', async () => {
  const entries = [
    plain,
    { event: 'INSERT', schema: 'public', table: 'plain', filter: 'id=eq.1', select: ['id'] },
  ]
  const [first, second] = [await stage.connect(), await stage.connect()]

  const replies = [
    await first.join(topic, { postgres_changes: entries }),
    await second.join('realtime:elsewhere', { postgres_changes: entries }),
  ]

  const [echo, again] = replies.map(({ payload }) => payload.response.postgres_changes)
  expect(echo).toEqual(entries.map((entry) => ({ ...entry, id: expect.any(Number) })))
  expect(echo.every(({ id }: { id: number }) => id > 0)).toBe(true)
  expect(again).toEqual(echo)
})

test('10. null entries are dropped and wrong types count as unset', async () => {
  const client = await stage.connect()

  const some = await client.join(topic, { postgres_changes: [null, plain], private: 'FALSE' })
  const none = await client.join('realtime:x', { postgres_changes: 'x', presence: 7, broadcast: [] })

  expect(some.payload.response.postgres_changes).toHaveLength(1)
  expect(none.payload).toEqual({ status: 'ok', response: { postgres_changes: [] } })
})

test('11. a join without a topic name is refused', async () => {
  const client = await stage.connect()

  const reply = await client.join('realtime:')

  expect(reply.payload).toEqual({
    status: 'error',
    response: { reason: 'TopicNameRequired: You must provide a topic name' },
  })
})

test('11. a config that is no object is refused, and a topic outside of realtime is unmatched', async () => {
  const client = await stage.connect()
  client.send('realtime:nm', 'phx_join', { config: 5 }, '1')

  expect((await client.reply('1')).payload.response.reason).toBe(
    'UnknownErrorOnChannel: no function clause matching in Access.get/3',
  )
  expect((await client.join('other:topic')).payload.response.reason).toBe('unmatched topic')
})

test('12. leaving is answered, then closed; leaving again is only answered', async () => {
  const client = await stage.connect()
  await client.join(topic)

  const first = client.send(topic, 'phx_leave', {}, '1')
  const second = client.send(topic, 'phx_leave', {}, '1')
  await client.reply(second)

  expect(client.frames.slice(1)).toMatchObject([
    { event: 'phx_reply', joinRef: '1', ref: first, payload: { status: 'ok', response: {} } },
    { event: 'phx_close', joinRef: '1', ref: '1', payload: {} },
    { event: 'phx_reply', ref: second, payload: { status: 'ok', response: {} } },
  ])
})

test('13. joining twice replaces the first channel and closes it by its own ref', async () => {
  const [client, other] = [await stage.connect(), await stage.connect()]
  await client.join(topic)
  await other.join(topic)

  const reply = await client.join(topic)
  const close = await client.find(({ event }) => event === 'phx_close')
  other.sendBroadcast(topic, 'once', {})

  expect(reply).toMatchObject({ joinRef: '2', payload: { status: 'ok' } })
  expect(close).toMatchObject({ joinRef: '1', ref: '1' })
  expect(client.frames.indexOf(close)).toBeGreaterThan(client.frames.indexOf(reply))
  expect(await client.collect('broadcast', 1)).toHaveLength(1)
})

test('14. a token that is the same, missing or a key changes nothing', async () => {
  const client = await stage.connect()
  const token = userToken(user1)
  await client.join(topic, { postgres_changes: [plain] }, token)
  await client.system(topic)

  for (const access_token of [token, null, KEYS.publishable])
    client.send(topic, 'access_token', { access_token })
  await client.reply(client.send('phoenix', 'heartbeat', {}))

  expect(await client.collect('system', 1)).toHaveLength(1)
  expect(client.frames.some(({ event }) => event === 'phx_close')).toBe(false)
})

test('15. a token that is past its time ends the channel, not the socket', async () => {
  const client = await stage.connect()
  await client.join(topic)

  client.send(topic, 'access_token', { access_token: userToken(user1, { exp: inSeconds(-60) }) })

  const { payload } = await client.system(topic)
  expect(payload).toMatchObject({ extension: 'system', status: 'error', channel: 'room:1' })
  expect(payload.message).toMatch(/^Token has expired 6[01] seconds ago$/)
  expect(await client.find(({ event }) => event === 'phx_close')).toMatchObject({ joinRef: '1', ref: '1' })
  await client.reply(client.send('phoenix', 'heartbeat', {}))
})

test('15. a forged, garbled or role-less token ends the channel with its reason', async () => {
  const reasons = async (access_token: string) => {
    const client = await stage.connect()
    await client.join(topic)
    client.send(topic, 'access_token', { access_token })
    return (await client.system(topic)).payload.message
  }

  expect(await reasons(`${KEYS.anonJwt.slice(0, -4)}AAAA`)).toBe(':signature_error')
  expect(await reasons('garbage')).toBe('The token provided is not a valid JWT')
  expect(await reasons(signJwt({ exp: inSeconds(60) }))).toBe('Fields `role` and `exp` are required in JWT')
})

test('16. a channel ends when its token does', async () => {
  const client = await stage.connect()
  await client.join(topic, {}, userToken(user1, { exp: inSeconds(2) }))

  const end = await client.system(topic)

  expect(end.payload.message).toBe('Token has expired 0 seconds ago')
  await client.find(({ event }) => event === 'phx_close')
  await client.reply(client.send('phoenix', 'heartbeat', {}))
})

test('16. a join with a token that is no good is refused with its reason', async () => {
  const client = await stage.connect()
  const reason = async (name: string, token: string) =>
    (await client.join(name, {}, token)).payload.response.reason

  expect(await reason('realtime:a', userToken(user1, { exp: inSeconds(-9) }))).toMatch(
    /^InvalidJWTToken: Token has expired (9|10) seconds ago$/,
  )
  expect(await reason('realtime:b', 'garbage')).toBe('MalformedJWT: The token provided is not a valid JWT')
  expect(await reason('realtime:c', `${KEYS.anonJwt.slice(0, -4)}AAAA`)).toBe(
    'JwtSignatureError: Failed to validate JWT signature',
  )
  expect(await reason('realtime:d', signJwt({ exp: inSeconds(60) }))).toBe(
    'InvalidJWTToken: Fields `role` and `exp` are required in JWT',
  )
  expect(await reason('realtime:e', '')).toBe('MalformedJWT: The token provided is not a valid JWT')
})

test('17. a join without a token lives by the key of its socket', async () => {
  const client = await stage.connect({ apikey: KEYS.secret })

  await client.listen(topic, [{ event: '*', schema: 'public', table: 'secrets' }])
  await stage.sql`insert into secrets values (17, 'x')`

  expect(await client.changes(1)).toHaveLength(1)
})

test('18. a cut connection reconnects automatically and the changes flow again', async () => {
  const client = createClient(stage.url, KEYS.publishable, { realtime: { transport: WebSocket as never } })
  const told: string[] = []
  const seen: unknown[] = []
  const live = { again: (): void => undefined }
  client
    .channel('room:18')
    .on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'bench' }, ({ new: row }) =>
      seen.push(row.n),
    )
    .on('system', {}, () => live.again())
    .subscribe((status) => told.push(status))
  await new Promise<void>((resolve) => Object.assign(live, { again: resolve }))

  const back = new Promise<void>((resolve) => Object.assign(live, { again: resolve }))
  await stage.faults.dropAllSockets()
  await stage.sql`insert into bench (n) values (1)`
  await back
  await stage.sql`insert into bench (n) values (2)`
  await expect.poll(() => seen).toEqual([2])

  expect(told).toEqual(['SUBSCRIBED', 'CHANNEL_ERROR', 'SUBSCRIBED'])
  await client.removeAllChannels()
})

test('19. the hundred-and-first channel of a socket is refused', async () => {
  const client = await stage.connect()
  for (let n = 1; n <= 100; n++) await client.join(`realtime:c${n}`)

  const reply = await client.join('realtime:c101')

  expect(reply.payload).toEqual({
    status: 'error',
    response: { reason: 'ChannelRateLimitReached: Too many channels' },
  })
})

test('an event nobody knows is not answered', async () => {
  const client = await stage.connect()
  await client.join(topic)

  client.send(topic, 'whatever', { a: 1 })
  await client.reply(client.send('phoenix', 'heartbeat', {}))

  expect(client.frames).toHaveLength(2)
})
