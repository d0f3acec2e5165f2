import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { KEYS } from '#keys'
import { openStage, type Stage } from '#tests/realtime/support/stage'

let stage: Stage
const topic = 'realtime:room:1'
const all = (table: string) => [{ event: '*', schema: 'public', table }]

beforeAll(async () => {
  stage = await openStage()
})
beforeEach(async () => {
  await stage.sql`truncate plain, parted restart identity`
  await stage.settle()
})
afterAll(() => stage.close())

test('28. a wildcard covers every published table, new ones too', async () => {
  const client = await stage.connect()
  await client.listen('realtime:schema', [{ event: '*', schema: 'public' }])
  await client.listen('realtime:star', [{ event: '*', schema: 'public', table: '*' }])
  await client.listen('realtime:stars', [{ event: '*', schema: '*', table: '*' }])
  await client.listen('realtime:table', [{ event: '*', table: 'plain' }])
  await client.listen('realtime:like', [{ event: '*', schema: 'public', table: 'pl_in' }])

  await stage.sql`insert into plain (room) values ('a')`
  await stage.sql`insert into notpub values (1)`
  await stage.sql`create table plbin (id int primary key)`
  await stage.sql`alter publication supabase_realtime add table plbin`
  await stage.sql`insert into plbin values (1)`

  for (const [name, count] of Object.entries({ schema: 2, star: 2, stars: 2, table: 1, like: 2 })) {
    expect(await client.changes(count, `realtime:${name}`), name).toHaveLength(count)
  }
  await stage.sql`drop table plbin`
})

test('45. a table is heard once it is published and joined again', async () => {
  const client = await stage.connect()
  const bracket = '[event: *, schema: public, table: notpub, filters: [], select: nil]'
  await client.join(topic, { postgres_changes: all('notpub') })
  expect((await client.system(topic)).payload).toEqual({
    extension: 'postgres_changes',
    status: 'error',
    message: `Unable to subscribe to changes with given parameters. Please check Realtime is enabled for the given connect parameters: ${bracket}`,
    channel: 'room:1',
  })

  await stage.sql`alter publication supabase_realtime add table notpub`
  await client.listen(topic, all('notpub'))
  await stage.sql`insert into notpub values (45)`

  expect(await client.changes(1)).toHaveLength(1)
  await stage.sql`alter publication supabase_realtime drop table notpub`
  await stage.sql`insert into notpub values (46)`
  expect(await client.changes(1)).toHaveLength(1)
})

test('45. the publication can be dropped and created again under running subscriptions', async () => {
  const client = await stage.connect()
  const [before] = await stage.sql`select array_agg(format('%I.%I', schemaname, tablename)) as tables
    from pg_publication_tables where pubname = 'supabase_realtime'`
  await client.listen(topic, all('plain'))

  await stage.sql`drop publication supabase_realtime`
  await stage.sql`insert into plain (n) values (1)`
  // Realtime asks what is published when it reads a change, not when it was made.
  await stage.sql`create publication supabase_realtime for table bench`
  await stage.settle()
  await stage.sql`alter publication supabase_realtime add table plain`
  await stage.sql`insert into plain (n) values (2)`

  expect((await client.changes(1)).map(({ data }) => data.record.n)).toEqual([2])
  await stage.sql`drop publication supabase_realtime`
  await stage.sql.unsafe(`create publication supabase_realtime for table ${before?.tables.join(', ')}`)
})

test('45. only the operations the publication publishes are told', async () => {
  const client = await stage.connect()
  await client.listen(topic, all('plain'))

  await stage.sql`alter publication supabase_realtime set (publish = 'insert')`
  await stage.sql`insert into plain (n) values (1)`
  await stage.sql`update plain set n = 2`
  await stage.sql`delete from plain`
  await stage.settle()
  await stage.sql`alter publication supabase_realtime set (publish = 'insert, update, delete, truncate')`

  expect((await client.changes(1)).map(({ data }) => data.type)).toEqual(['INSERT'])
})

test('a partition is heard by its own name, its parent by none', async () => {
  const client = await stage.connect()
  await client.listen(topic, all('parted_2026'))
  await client.join('realtime:parent', { postgres_changes: all('parted') })

  await stage.sql`insert into parted values (1, '2026-03-01', 'x')`

  expect((await client.changes(1)).map(({ data }) => data.table)).toEqual(['parted_2026'])
  expect((await client.system('realtime:parent')).payload.status).toBe('error')
})

test('a generated column and a dropped one are as the catalog has them', async () => {
  const client = await stage.connect({ apikey: KEYS.secret })
  await stage.sql`create table made (id int primary key, a int, gone int, twice int generated always as (a * 2) stored)`
  await stage.sql`grant all on made to service_role`
  await stage.sql`alter publication supabase_realtime add table made`
  await client.listen(topic, all('made'))

  await stage.sql`insert into made values (1, 21, 0)`
  await client.changes(1)
  await stage.sql`alter table made drop column gone`
  await stage.sql`insert into made values (2, 4)`

  const [first, second] = (await client.changes(2)).map(({ data }) => data.record)
  expect([first, second]).toEqual([
    { id: 1, a: 21, gone: 0, twice: 42 },
    { id: 2, a: 4, twice: 8 },
  ])
})
