import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RawClient } from '#tests/realtime/support/raw-client'
import { openStage, type Stage } from '#tests/realtime/support/stage'

let stage: Stage
let rooms = 0

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const newTopic = () => `realtime:presence:${++rooms}`

async function enter(topic: string, key: string, enabled = true): Promise<RawClient> {
  const client = await stage.connect()
  await client.join(topic, { presence: { key, enabled } })
  return client
}

function track(client: RawClient, topic: string, payload: unknown): string {
  return client.send(topic, 'presence', { type: 'presence', event: 'track', payload }, '1')
}

const untrack = (client: RawClient, topic: string) =>
  client.send(topic, 'presence', { type: 'presence', event: 'untrack' }, '1')

const diffs = async (client: RawClient, count: number) =>
  (await client.collect('presence_diff', count)).map(({ payload }) => payload)

const state = async (client: RawClient) =>
  (await client.find(({ event }) => event === 'presence_state')).payload

const ann = { metas: [{ name: 'Ann', phx_ref: expect.any(String) }] }

test('61. whoever enters is told who is there; whoever tracks is told to all', async () => {
  const topic = newTopic()
  const [a, b] = [await enter(topic, 'a'), await enter(topic, 'b')]
  expect(await state(a)).toEqual({})

  const reply = await a.reply(track(a, topic, { name: 'Ann' }))

  expect(reply.payload).toEqual({ status: 'ok', response: {} })
  for (const client of [a, b]) expect(await diffs(client, 1)).toEqual([{ joins: { a: ann }, leaves: {} }])
  expect(await state(await enter(topic, 'late'))).toEqual({ a: ann })
})

test('62. a changed object replaces the old one in one step; the same again is nothing new', async () => {
  const topic = newTopic()
  const [a, b] = [await enter(topic, 'a'), await enter(topic, 'b')]
  track(a, topic, { name: 'Ann' })
  await diffs(b, 1)

  await a.reply(track(a, topic, { name: 'Ann' }))
  await a.reply(track(a, topic, { name: 'Anna' }))

  const [first, second, ...others] = await diffs(b, 2)
  const before = first.joins.a.metas[0]
  expect(second).toEqual({
    joins: { a: { metas: [{ name: 'Anna', phx_ref: expect.any(String), phx_ref_prev: before.phx_ref }] } },
    leaves: { a: { metas: [before] } },
  })
  expect(others).toEqual([])
})

test('63. untracking, leaving and being cut off are told at once', async () => {
  const topic = newTopic()
  const witness = await enter(topic, 'w')
  const ways: ((client: RawClient) => void)[] = [
    (client) => untrack(client, topic),
    (client) => client.send(topic, 'phx_leave', {}, '1'),
    (client) => client.cut(),
  ]

  for (const way of ways) {
    witness.forget()
    const client = await enter(topic, 'a')
    track(client, topic, { name: 'Ann' })
    await diffs(witness, 1)
    way(client)
    expect((await diffs(witness, 2))[1]).toEqual({ joins: {}, leaves: { a: ann } })
  }
})

test('64. one key on two sockets is there twice, and once when one leaves', async () => {
  const topic = newTopic()
  const [a, again] = [await enter(topic, 'a'), await enter(topic, 'a')]
  await a.reply(track(a, topic, { from: 'phone' }))
  await again.reply(track(again, topic, { from: 'desk' }))
  expect((await state(await enter(topic, 'x'))).a.metas).toHaveLength(2)

  a.cut()
  await diffs(again, 3)

  expect((await state(await enter(topic, 'y'))).a.metas).toMatchObject([{ from: 'desk' }])
})

test('65. no key means one made up, and not listening does not mean not being seen', async () => {
  const topic = newTopic()
  const witness = await enter(topic, 'w')
  const quiet = await enter(topic, '', false)

  const reply = await quiet.reply(track(quiet, topic, { name: 'Ann' }))

  expect(reply.payload.status).toBe('ok')
  const [diff] = await diffs(witness, 1)
  expect(Object.keys(diff.joins)[0]).toMatch(/^[0-9a-f-]{36}$/)
  expect(quiet.frames.some(({ event }) => event === 'presence_state')).toBe(false)
})

test('66. the sixth call in half a minute ends the channel', async () => {
  const topic = newTopic()
  const client = await enter(topic, 'a')

  for (let n = 0; n < 5; n++) expect((await client.reply(untrack(client, topic))).payload.status).toBe('ok')
  untrack(client, topic)

  expect((await client.system(topic)).payload).toMatchObject({
    status: 'error',
    message: 'Client presence rate limit exceeded',
  })
  await client.find(({ event }) => event === 'phx_close')
  expect((await client.reply(untrack(client, topic))).payload.response).toEqual({ reason: 'unmatched topic' })
})

test('66. only objects can be tracked, and unknown calls are errors', async () => {
  const topic = newTopic()
  const client = await enter(topic, 'a')

  expect((await client.reply(track(client, topic, 'me'))).payload).toEqual({
    status: 'error',
    response: { reason: 'Presence track payload must be a map' },
  })
  const unknown = client.send(topic, 'presence', { type: 'presence', event: 'dance' }, '1')
  expect((await client.reply(unknown)).payload).toEqual({ status: 'error', response: {} })
})
