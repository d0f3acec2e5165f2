import { afterEach, beforeEach, expect, test } from 'vitest'
import { KEYS } from '#keys'
import { Refused } from './support/raw-client'
import { openStage, type Stage } from './support/stage'

// Differences from the real server, as docs/realtime.md has them.
const topic = 'realtime:room:1'
let stage: Stage

beforeEach(async () => {
  stage = await openStage({ limits: { sockets: 3 } })
})
afterEach(() => stage.close())

test('a join with an empty list in place of the broadcast settings is an ordinary join', async () => {
  const client = await stage.connect()

  expect((await client.join(topic, { broadcast: [] })).payload.status).toBe('ok')
})

test('each of two leaves in a row is answered', async () => {
  const client = await stage.connect()
  await client.join(topic)

  const refs = [client.send(topic, 'phx_leave', {}, '1'), client.send(topic, 'phx_leave', {}, '1')]

  for (const ref of refs) expect((await client.reply(ref)).payload.status).toBe('ok')
})

test('of many sockets that connect at once exactly the limit is accepted', async () => {
  const attempts = await Promise.allSettled(Array.from({ length: 12 }, () => stage.connect()))

  const refused = attempts.filter(({ status }) => status === 'rejected')
  expect(refused).toHaveLength(9)
  for (const each of refused) expect(each).toMatchObject({ reason: expect.any(Refused) })
})

test.for([{}, { messages: 'none' }, { messages: [{ topic: 1 }] }, []])(
  'a broadcast by REST of another shape is refused: %j',
  async (body) => {
    const response = await fetch(`${stage.url}/realtime/v1/api/broadcast`, {
      method: 'POST',
      headers: { apikey: KEYS.anonJwt, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

    expect(response.status).toBe(422)
  },
)

test('the first message from the database is delivered, in a project that was quiet until then', async () => {
  const client = await stage.connect()
  await client.join(topic)

  await stage.sql`select realtime.send('{"n": 1}'::jsonb, 'first', 'room:1', false)`

  expect((await client.find(({ event }) => event === 'broadcast')).payload).toMatchObject({ event: 'first' })
})
