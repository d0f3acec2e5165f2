import { afterAll, beforeAll, expect, test } from 'vitest'
import { insider, privateRoom } from '#tests/realtime/support/insider'
import { openStage, type Stage, user1, userToken } from '#tests/realtime/support/stage'

let stage: Stage
const topic = 'realtime:room:1'

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('55. what the database sends carries an id, and only what is committed is sent', async () => {
  const client = await insider(stage)

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
  const client = await insider(stage)

  await stage.sql`select realtime.send_binary('\\x0102ff', 'bytes', 'room:rw')`

  expect(await client.collect('broadcast', 1)).toMatchObject([
    { isBinary: true, body: Buffer.from([1, 2, 255]) },
  ])
})

test('57. a trigger tells inserts, updates and deletes', async () => {
  const client = await insider(stage)
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
  const witness = await insider(stage)
  // Written as old: an update just after midnight moves the row to another partition, which sends it twice.
  await stage.sql`insert into realtime.messages (topic, extension, event, payload, private, inserted_at)
    values ('room:rw', 'broadcast', 'old', '{"n":0}', true, localtimestamp - interval '1 hour')`
  await stage.sql.begin(async (tx) => {
    for (const n of [1, 2, 3]) await tx`select realtime.send(${tx.json({ n })}, 'stored', 'room:rw')`
  })
  // Once all of them were sent to those who were there, none can reach a newcomer but by replay.
  expect((await witness.collect('broadcast', 4)).map(({ payload }) => payload.payload.n)).toEqual([
    0, 1, 2, 3,
  ])
  const client = await stage.connect()

  await client.join(
    privateRoom,
    { private: true, broadcast: { replay: { since: Date.now() - 60_000 } } },
    userToken(user1),
  )

  const replayed = await client.collect('broadcast', 3)
  expect(replayed.map(({ payload }) => payload.payload.n)).toEqual([1, 2, 3])
  expect(replayed.every(({ payload, joinRef }) => payload.meta.replayed === true && joinRef === '1')).toBe(
    true,
  )

  const few = await stage.connect()
  await few.join(
    privateRoom,
    { private: true, broadcast: { replay: { since: 0, limit: 1 } } },
    userToken(user1),
  )
  expect((await few.collect('broadcast', 1)).map(({ payload }) => payload.payload.n)).toEqual([3])
})

test('59. replay is refused where it makes no sense', async () => {
  const client = await stage.connect()
  const reason = async (config: object) =>
    (await client.join(privateRoom, config, userToken(user1))).payload.response.reason

  expect(await reason({ broadcast: { replay: { since: 1 } } })).toBe(
    'UnableToReplayMessages: Replay is not allowed for public channels',
  )
  expect(await reason({ private: true, broadcast: { replay: { since: 'yesterday' } } })).toBe(
    'UnableToReplayMessages: Replay params are not valid',
  )
})
