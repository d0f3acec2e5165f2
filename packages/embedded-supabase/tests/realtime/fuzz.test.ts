import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { KEYS } from '#keys'
import type { RawClient } from './support/raw-client'
import { openStage, type Stage } from './support/stage'

let stage: Stage
let bystander: RawClient
let seen = 0
const topic = 'realtime:room:1'

beforeAll(async () => {
  stage = await openStage()
  bystander = await stage.connect()
  await bystander.listen(topic, [{ event: '*', schema: 'public', table: 'plain' }])
})
afterAll(() => stage.close())

/** Another client still receives the next change. */
async function expectUnharmed(): Promise<void> {
  const n = ++seen
  await stage.sql`insert into plain (n) values (${n})`
  await bystander.find(({ payload }) => payload?.data?.record?.n === n, 'the next change')
  expect(bystander.closed).toBeNull()
}

const events = [
  'phx_join',
  'phx_leave',
  'broadcast',
  'presence',
  'access_token',
  'heartbeat',
  'phx_close',
  'x',
]
const topics = [topic, 'realtime:', 'phoenix', 'realtime:room:rw', 'realtime:😀', 'public:plain']
const entry = fc.oneof(
  fc.record(
    {
      event: fc.oneof(fc.constantFrom('*', 'INSERT', 'delete'), fc.jsonValue()),
      schema: fc.oneof(fc.constantFrom('public', '*', 'pg_catalog', '%'), fc.jsonValue()),
      table: fc.oneof(fc.constantFrom('plain', '*', '_____', "';--"), fc.jsonValue()),
      filter: fc.oneof(
        fc.string(),
        fc.constantFrom('id=eq.1', "room=eq.'; drop table plain; --", 'room=match.(', 'a=in.(', 'id=eq."'),
        fc.jsonValue(),
      ),
      select: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
)
const config = fc.record(
  {
    broadcast: fc.oneof(
      fc.jsonValue(),
      fc.record({ ack: fc.jsonValue(), self: fc.jsonValue(), replay: fc.jsonValue() }),
    ),
    presence: fc.oneof(fc.jsonValue(), fc.record({ key: fc.jsonValue(), enabled: fc.jsonValue() })),
    postgres_changes: fc.oneof(fc.array(entry, { maxLength: 3 }), fc.jsonValue()),
    private: fc.jsonValue(),
  },
  { requiredKeys: [] },
)
const payload = fc.oneof(
  fc.jsonValue(),
  fc.record({ config }),
  fc.record({ config, access_token: fc.jsonValue() }),
  fc.record({ access_token: fc.jsonValue() }),
)
const reference = fc.oneof(fc.constantFrom('1', null), fc.jsonValue())
const message = fc.tuple(
  reference,
  reference,
  fc.constantFrom(...topics),
  fc.constantFrom(...events),
  payload,
)
const frame = fc.oneof(
  { weight: 6, arbitrary: message.map((parts) => JSON.stringify(parts)) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string() },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from([3, ...bytes])) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
)

test('no frame, however strange, harms the server or a bystander', async () => {
  const property = fc.asyncProperty(
    fc.array(frame, { minLength: 5, maxLength: 40 }),
    fc.constantFrom('1.0.0', '2.0.0'),
    async (frames, vsn) => {
      const client = await stage.connect({ vsn })
      await client.join(topic)

      for (const one of frames) client.ws.send(one)
      await client.reply(client.send('phoenix', 'heartbeat', {}))

      client.cut()
      await expectUnharmed()
    },
  )
  await fc.assert(property, { numRuns: 40, endOnFailure: true })
}, 120_000)

test('bytes that are no WebSocket frames end only their own socket', async () => {
  const property = fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 500 }), async (bytes) => {
    const client = await stage.connect()
    const raw = (client.ws as unknown as { _socket: { write: (data: Uint8Array) => void } })._socket

    raw.write(bytes)
    client.cut()

    await expectUnharmed()
  })
  await fc.assert(property, { numRuns: 25, endOnFailure: true })
})

test('no request, however strange, is left without an answer', async () => {
  const path = fc.constantFrom(
    'broadcast',
    'broadcast/a/events/b',
    'broadcast/%/events/%ff',
    'broadcast//events/',
    'ping',
    '../../x',
  )
  const body = fc.oneof(
    fc.json(),
    fc.string(),
    fc.array(fc.jsonValue()).map((messages) => JSON.stringify({ messages })),
  )
  const type = fc.constantFrom('application/json', 'application/octet-stream', 'text/plain', '')
  const property = fc.asyncProperty(
    path,
    body,
    type,
    fc.boolean(),
    async (where, text, contentType, isPrivate) => {
      const response = await fetch(
        `${stage.url}/realtime/v1/api/${where}${isPrivate ? '?private=true' : ''}`,
        {
          method: 'POST',
          headers: { apikey: KEYS.anonJwt, 'content-type': contentType },
          body: text,
        },
      )

      expect(response.status).toBeGreaterThanOrEqual(200)
      expect(response.status).toBeLessThan(500)
      await response.text()
    },
  )
  await fc.assert(property, { numRuns: 150, endOnFailure: true })
  await expectUnharmed()
})

test('a handshake that is cut, doubled or wrong harms nobody', async () => {
  const { port } = new URL(stage.url)
  const lines = [
    'GET /realtime/v1/websocket?apikey=%&vsn=2.0.0 HTTP/1.1',
    `GET /realtime/v1/websocket?apikey=${KEYS.anonJwt}&vsn=2.0.0 HTTP/1.1`,
    'GET //[ HTTP/1.1',
  ]
  for (const line of lines) {
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(
      `${line}\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: nonsense\r\n\r\n\0\0\0`,
    )
    await Promise.race([once(socket, 'data'), once(socket, 'close')])
    socket.destroy()
  }
  await expectUnharmed()
})
