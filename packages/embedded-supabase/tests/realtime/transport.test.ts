import { afterAll, beforeAll, expect, test } from 'vitest'
import { KEYS, signJwt } from '#keys'
import { Refused } from './support/raw-client'
import { openStage, type Stage } from './support/stage'

let stage: Stage
let impatient: Stage
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600
const topic = 'realtime:room:1'

beforeAll(async () => {
  stage = await openStage()
  impatient = await openStage({ limits: { idleMs: 300 } })
})
afterAll(async () => {
  await stage.close()
  await impatient.close()
})

async function refusal(options: Parameters<Stage['connect']>[0]): Promise<{ status: number; body: string }> {
  const error = await stage.connect(options).then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Refused)) throw new Error(`not refused: ${error}`)
  return { status: error.status, body: error.body }
}

test('1. a visitor without a key is turned away before any socket opens', async () => {
  const answer = await refusal({ apikey: null })

  expect(answer).toEqual({ status: 401, body: '{"error":"API key is missing"}' })
})

test('2. an expired, forged, role-less or garbled key is turned away with its own reason', async () => {
  const forged = `${KEYS.anonJwt.slice(0, -4)}AAAA`

  expect(await refusal({ apikey: signJwt({ role: 'anon', exp: 1 }) })).toEqual({
    status: 401,
    body: '{"error":"Token has expired"}',
  })
  expect((await refusal({ apikey: forged })).body).toBe('{"error":"Failed to validate JWT signature"}')
  expect((await refusal({ apikey: signJwt({ exp: inAnHour() }) })).body).toBe(
    '{"error":"Fields `role` and `exp` are required in JWT"}',
  )
  expect((await refusal({ apikey: 'garbage' })).body).toBe(
    '{"error":"The token provided is not a valid JWT"}',
  )
  expect((await refusal({ apikey: '' })).body).toBe('{"error":"The token provided is not a valid JWT"}')
})

test('3. an unknown protocol version is refused silently, and none at all means 1.0.0', async () => {
  expect(await refusal({ vsn: '9.0.0' })).toEqual({ status: 403, body: '' })
  expect(await refusal({ vsn: '' })).toEqual({ status: 403, body: '' })

  const old = await stage.connect({ vsn: null })
  const reply = await old.reply(old.send('phoenix', 'heartbeat', {}))

  expect(reply.payload).toEqual({ status: 'ok', response: {} })
})

test('4. a heartbeat is answered before anything is joined', async () => {
  const client = await stage.connect()

  const ref = client.send('phoenix', 'heartbeat', {})

  expect(await client.reply(ref)).toMatchObject({
    joinRef: null,
    ref,
    topic: 'phoenix',
    payload: { status: 'ok', response: {} },
  })
})

test('5. a frame that makes no sense is passed over, and the socket lives', async () => {
  const client = await stage.connect()

  client.sendText('{not json')
  client.sendText('')
  client.sendText('{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"1"}')
  client.sendText('["1","1","phoenix"]')
  client.ws.send(Buffer.from([9, 1, 1, 1]))
  const ref = client.send('phoenix', 'heartbeat', {})

  await client.reply(ref)
  expect(client.frames).toHaveLength(1)
})

test('6. a client that says nothing for a minute is let go', async () => {
  const client = await impatient.connect()

  expect(await client.closing()).toEqual({ code: 1000, reason: '' })
})

test('7. a push on a topic nobody joined is an unmatched topic', async () => {
  const client = await stage.connect()

  const ref = client.send('realtime:never', 'broadcast', { type: 'broadcast', event: 'e', payload: {} }, '5')

  expect(await client.reply(ref)).toMatchObject({
    joinRef: null,
    topic: 'realtime:never',
    payload: { status: 'error', response: { reason: 'unmatched topic' } },
  })
})

test('8. clients of both protocol versions hear each other', async () => {
  const [older, newer] = [await stage.connect({ vsn: '1.0.0' }), await stage.connect()]
  await older.join(topic, { broadcast: { self: true } })
  await newer.join(topic, { broadcast: { self: true } })

  older.send(topic, 'broadcast', { type: 'broadcast', event: 'from-old', payload: { n: 1 } })
  newer.sendBroadcast(topic, 'from-new', { n: 2 })

  for (const client of [older, newer]) {
    const heard = await client.collect('broadcast', 2)
    expect(heard.map(({ payload }) => payload).sort((a, b) => a.payload.n - b.payload.n)).toEqual([
      { type: 'broadcast', event: 'from-old', payload: { n: 1 } },
      { type: 'broadcast', event: 'from-new', payload: { n: 2 } },
    ])
  }
  expect(older.frames.every(({ joinRef }) => joinRef === null)).toBe(true)
})

test('the new-style keys have the same rights as the tokens they replace', async () => {
  const client = await stage.connect({ apikey: KEYS.publishable })
  const service = await stage.connect({ apikey: KEYS.secret })

  await client.listen('realtime:keys', [{ event: '*', schema: 'public', table: 'secrets' }], KEYS.publishable)
  await service.listen('realtime:keys', [{ event: '*', schema: 'public', table: 'secrets' }])
  await stage.sql`insert into secrets values (1, 'for service_role only')`

  expect(await service.changes(1)).toHaveLength(1)
  expect(await client.changes(0)).toHaveLength(0)
})

test('a frame over five million bytes ends the socket', async () => {
  const client = await stage.connect()

  client.sendText('x'.repeat(5_000_001))

  expect((await client.closing()).code).toBe(1009)
})
