import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { KEYS } from '#keys'
import { insider, privateRoom } from '#tests/realtime/support/insider'
import { openStage, type Stage } from '#tests/realtime/support/stage'

let stage: Stage
const topic = 'realtime:room:1'

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

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

test('54. a public and a private room of one name never hear each other', async () => {
  const inside = await insider(stage)
  const outside = await stage.connect()
  await outside.join(privateRoom)

  outside.sendBroadcast(privateRoom, 'public', {})
  inside.sendBroadcast(privateRoom, 'private', {})
  await stage.sql`select realtime.send('{}', 'db-public', 'room:rw', false)`
  await stage.sql`select realtime.send('{}', 'db-private', 'room:rw', true)`

  const events = async (client: typeof inside) =>
    (await client.collect('broadcast', 1)).map(({ payload }) => payload.event)
  expect(await events(inside)).toEqual(['db-private'])
  expect(await events(outside)).toEqual(['db-public'])
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
