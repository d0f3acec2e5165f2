import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '#ports'
import { startPostgres } from '#postgres/start-postgres'
import { openStage, type Stage, user1, userToken } from './support/stage'

let stage: Stage
const topic = 'realtime:room:1'
const plain = [{ event: '*', schema: 'public', table: 'plain' }]

/** On a separate PostgreSQL, which may be harmed. */
let alone: Stage
let restart: () => Promise<void>
let removePostgres: () => Promise<void>

beforeAll(async () => {
  stage = await openStage({ limits: { unsentBytes: 300_000 } })
  const dataDir = await mkdtemp(join(tmpdir(), 'onhand-alone-'))
  const port = await freePort()
  let server = await startPostgres({ dataDir, port })
  restart = async () => {
    await server.stop()
    server = await startPostgres({ dataDir, port })
  }
  removePostgres = async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  alone = await openStage({ databaseUrl: server.adminUrl })
})
afterAll(async () => {
  await stage.close()
  await alone.close()
  await removePostgres()
})

test('a client that reads too slowly is disconnected, and delays no other', async () => {
  const [slow, quick] = [await stage.connect(), await stage.connect()]
  await slow.listen(topic, plain)
  await quick.listen(topic, plain)
  slow.ws.pause()

  for (let n = 0; n < 40; n++)
    await stage.sql`insert into plain (n, body) values (${n}, ${'x'.repeat(500_000)})`

  expect(await quick.changes(40)).toHaveLength(40)
  slow.ws.resume()
  await slow.closing()
  expect(slow.frames.filter(({ event }) => event === 'postgres_changes').length).toBeLessThan(40)
})

test('a large transaction is told whole and in order', async () => {
  const client = await alone.connect()
  await client.listen(topic, plain)

  await alone.sql`insert into plain (n, body) select n, repeat('x', 5000) from generate_series(1, 5000) n`

  const told = (await client.changes(5_000)).map(({ data }) => data)
  expect(told.map(({ record }) => record.n)).toEqual(Array.from({ length: 5_000 }, (_, n) => n + 1))
  expect(new Set(told.map(({ commit_timestamp }) => commit_timestamp)).size).toBe(1)
})

test('nothing is left behind when the server stops', async () => {
  const own = await openStage()
  const client = await own.connect()
  await client.listen(topic, plain)
  const slots = () => own.sql`select 1 from pg_replication_slots where database = current_database()`
  const sessions = () =>
    own.sql`select 1 from pg_stat_activity where datname = current_database() and application_name like 'realtime%'`
  expect(await slots()).toHaveLength(1)

  await own.restartServer()
  expect(await slots()).toHaveLength(1)
  expect((await sessions()).length).toBeLessThanOrEqual(5)

  await own.close()
})

test('a row or message is streamed before its commit can be seen, but told after', async () => {
  const client = await alone.connect()
  await client.listen(topic, [{ event: 'INSERT', schema: 'public', table: 'owned' }], userToken(user1))
  const waitFor = async (standby: string) => {
    await alone.sql.unsafe(`alter system set synchronous_standby_names = '${standby}'`)
    await alone.sql`select pg_reload_conf()`
    const current = async () =>
      (await alone.sql`select current_setting('synchronous_standby_names') as name`)[0]?.name
    await expect.poll(current, { timeout: 10_000 }).toBe(standby)
  }

  await waitFor('nobody')
  const inserted = alone.sql`
    with message as (select realtime.send('{}', 'e', 'room:1', false))
    insert into owned select 7, ${user1}, 'mine' from message`.execute()
  const committing = () => alone.sql`select from pg_stat_activity where wait_event = 'SyncRep'`
  await expect.poll(async () => (await committing()).length, { timeout: 10_000 }).toBe(1)
  expect(await client.changes(0)).toEqual([])
  expect(await client.collect('broadcast', 0)).toEqual([])
  await waitFor('')
  await inserted

  expect((await client.changes(1)).map(({ data }) => data.record.id)).toEqual([7])
  expect(await client.collect('broadcast', 1)).toHaveLength(1)
})

test('a restart of Postgres is survived: the same sockets hear of what comes after', async () => {
  const client = await alone.connect()
  await client.listen(topic, [...plain, { event: '*', schema: 'public', table: 'owned' }], userToken(user1))
  await alone.sql`insert into plain (n) values (1)`
  await client.changes(1)
  client.forget()

  await restart()
  await client.find(
    ({ payload }) => payload.message === 'Subscribed to PostgreSQL',
    'second announcement',
    15_000,
  )
  await alone.sql`insert into plain (n) values (2)`
  await alone.sql`insert into owned values (1, ${user1}, 'mine')`

  expect((await client.changes(2)).map(({ data }) => data.table)).toEqual(['plain', 'owned'])
})
