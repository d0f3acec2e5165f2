import { afterEach, expect, test } from 'vitest'
import { KEYS } from '#keys'
import type { Limits } from '#realtime/limits'
import { Refused } from './support/raw-client'
import { openStage, type Stage } from './support/stage'

let stage: Stage
const topic = 'realtime:room:1'
const perMinute = (events: number) => events / 60

async function limited(limits: Partial<Limits>): Promise<void> {
  stage = await openStage({ limits })
}
afterEach(() => stage.close())

test('too many messages a second end the channels that get one more', async () => {
  await limited({ eventsPerSecond: perMinute(10) })
  const [sender, hearer] = [await stage.connect(), await stage.connect()]
  await sender.join(topic)
  await hearer.join(topic)

  for (let n = 0; n < 20; n++) sender.sendBroadcast(topic, 'n', { n })

  for (const client of [sender, hearer]) {
    expect((await client.system(topic)).payload).toMatchObject({
      extension: 'system',
      status: 'error',
      message: 'Too many messages per second',
    })
    await client.find(({ event }) => event === 'phx_close')
  }
  const response = await fetch(`${stage.url}/realtime/v1/api/broadcast`, {
    method: 'POST',
    headers: { apikey: KEYS.anonJwt, 'content-type': 'application/json' },
    body: JSON.stringify({ messages: [{ topic: 'room:1', event: 'e', payload: {} }] }),
  })
  expect(response.status).toBe(429)
  expect(await response.json()).toEqual({ message: 'Too many requests' })
})

test('changes above the message rate are dropped silently', async () => {
  await limited({ eventsPerSecond: perMinute(3) })
  const client = await stage.connect()
  await client.listen(topic, [{ event: '*', schema: 'public', table: 'plain' }])

  for (let n = 0; n < 10; n++) await stage.sql`insert into plain (n) values (${n})`

  expect((await client.changes(4)).length).toBeLessThan(10)
  expect(client.closed).toBeNull()
})

test('too many joins a second refuse the join and end the socket', async () => {
  await limited({ joinsPerSecond: perMinute(2) })
  const client = await stage.connect()
  for (let n = 0; n < 2; n++) await client.join(`realtime:${n}`)

  const reply = await client.join('realtime:x')

  expect(reply.payload.response.reason).toBe('ClientJoinRateLimitReached: Too many joins per second')
  expect((await client.closing()).code).toBe(1001)
})

test('too many sockets are refused at the handshake', async () => {
  await limited({ sockets: 1 })
  await stage.connect()

  const refusal = await stage.connect().catch((error: unknown) => error)

  expect(refusal).toBeInstanceOf(Refused)
  expect(refusal).toMatchObject({ status: 429, body: '{"error":"Too many connected users"}' })
})

test('too much presence ends the channel', async () => {
  await limited({ presenceEventsPerSecond: perMinute(1) })
  const client = await stage.connect()
  await client.join(topic, { presence: { enabled: true, key: 'k' } })

  for (let n = 0; n < 2; n++)
    client.send(topic, 'presence', { type: 'presence', event: 'track', payload: { n } }, '1')

  expect((await client.system(topic)).payload.message).toBe('Too many presence messages per second')
})

test('an object too large to track ends the channel', async () => {
  await limited({ payloadBytes: 100 })
  const client = await stage.connect()
  await client.join(topic, { presence: { enabled: true, key: 'k' } })

  client.send(topic, 'presence', { type: 'presence', event: 'track', payload: { x: 'x'.repeat(200) } }, '1')

  expect((await client.system(topic)).payload.message).toBe('Track message size exceeded')
})

test('a socket that joins nothing is cut after a while', async () => {
  await limited({ emptyMs: 200 })
  const [empty, joined] = [await stage.connect(), await stage.connect()]
  await joined.join(topic)

  expect((await empty.closing()).code).toBe(1006)
  expect(joined.closed).toBeNull()
})
