import { afterAll, beforeAll, expect, test } from 'vitest'
import { KEYS } from '#keys'
import { insider } from '#tests/realtime/support/insider'
import { openStage, type Stage, user1, userToken } from '#tests/realtime/support/stage'

let stage: Stage
const topic = 'realtime:room:1'
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
  const client = await insider(stage)
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
