import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openStage, type Stage } from '#tests/realtime/support/stage'

let stage: Stage
const topic = 'realtime:room:1'
const all = (table: string) => [{ event: '*', schema: 'public', table }]

beforeAll(async () => {
  stage = await openStage()
})
beforeEach(async () => {
  await stage.sql`truncate plain, kinds, kinds_full, owned, owned_full, nopk, comp, parted, big restart identity`
  await stage.settle()
})
afterAll(() => stage.close())

test('20. a new row reaches its subscriber once, complete', async () => {
  const client = await stage.connect()
  const [id] = await client.listen(topic, all('plain'))

  await stage.sql`insert into plain (room, body, n) values ('a', 'one', 1)`

  expect(await client.changes(1)).toEqual([
    {
      ids: [id],
      data: {
        schema: 'public',
        table: 'plain',
        type: 'INSERT',
        commit_timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        columns: [
          { name: 'id', type: 'int8' },
          { name: 'room', type: 'text' },
          { name: 'body', type: 'text' },
          { name: 'n', type: 'int4' },
        ],
        record: { id: 1, room: 'a', body: 'one', n: 1 },
        errors: null,
      },
    },
  ])
})

test('21. an update tells the old key, or the whole old row with full identity', async () => {
  const client = await stage.connect()
  await client.listen(topic, [...all('kinds'), ...all('kinds_full')])
  await stage.sql`insert into kinds (txt) values ('a')`
  await stage.sql`insert into kinds_full (txt) values ('a')`

  await stage.sql`update kinds set txt = 'b'`
  await stage.sql`update kinds_full set txt = 'b'`

  const [, , byKey, byRow] = (await client.changes(4)).map(({ data }) => data)
  expect(byKey.old_record).toEqual({ id: 1 })
  expect(byRow.old_record).toMatchObject({ id: 1, txt: 'a', jb: null })
  expect(Object.keys(byRow.old_record)).toHaveLength(byRow.columns.length)
  expect(byRow.record.txt).toBe('b')
})

test('22. an update of the key tells the old key and the new', async () => {
  const client = await stage.connect()
  await client.listen(topic, all('comp'))
  await stage.sql`insert into comp values (1, 'x', 'v')`

  await stage.sql`update comp set b = 'y'`

  const [, { data }] = await client.changes(2)
  expect(data).toMatchObject({ old_record: { a: 1, b: 'x' }, record: { a: 1, b: 'y', v: 'v' } })
})

test('23. a deleted row is told by its key, or whole with full identity and no row security', async () => {
  const client = await stage.connect()
  await client.listen(topic, [...all('plain'), ...all('kinds_full'), ...all('owned_full')])
  await stage.sql`insert into plain (room) values ('a')`
  await stage.sql`insert into kinds_full (txt) values ('a')`
  await stage.sql`insert into owned_full values (1, gen_random_uuid(), 'x')`

  for (const table of ['plain', 'kinds_full', 'owned_full']) await stage.sql`delete from ${stage.sql(table)}`

  const deleted = (await client.changes(5)).map(({ data }) => data).filter(({ type }) => type === 'DELETE')
  expect(deleted.map(({ old_record }) => old_record)).toEqual([
    { id: 1 },
    expect.objectContaining({ id: 1, txt: 'a', jb: null }),
    { id: 1 },
  ])
  expect(deleted.every((data) => !('record' in data))).toBe(true)
})

test('25. an entry for updates hears nothing else, however its event is spelt', async () => {
  const client = await stage.connect()
  await client.listen(topic, [{ event: 'UPDATE', schema: 'public', table: 'plain' }])
  await client.listen('realtime:lower', [{ event: 'insert', schema: 'public', table: 'plain' }])

  await stage.sql`insert into plain (room) values ('a')`
  await stage.sql`update plain set room = 'b'`
  await stage.sql`delete from plain`

  expect((await client.changes(1, topic)).map(({ data }) => data.type)).toEqual(['UPDATE'])
  expect((await client.changes(1, 'realtime:lower')).map(({ data }) => data.type)).toEqual(['INSERT'])
})

test('26. entries of one channel that match the same row share one frame', async () => {
  const client = await stage.connect()
  const ids = await client.listen(topic, [
    ...all('plain'),
    { event: 'INSERT', schema: 'public', table: 'plain' },
  ])

  await stage.sql`insert into plain (room) values ('a')`

  const frames = await client.changes(1)
  expect(frames).toHaveLength(1)
  expect(frames[0].ids.toSorted()).toEqual(ids.toSorted())
})

test('27. two channels on one table get a frame each', async () => {
  const client = await stage.connect()
  await client.listen(topic, all('plain'))
  await client.listen('realtime:second', all('plain'))

  await stage.sql`insert into plain (room) values ('a')`

  expect(await client.changes(1, topic)).toHaveLength(1)
  expect(await client.changes(1, 'realtime:second')).toHaveLength(1)
})

test('41. a change of a table without a key is sent as an error', async () => {
  const client = await stage.connect()
  const [id] = await client.listen(topic, [
    { event: '*', schema: 'public', table: 'nopk', filter: 'v=eq.other' },
  ])

  await stage.sql`insert into nopk values ('x')`

  expect(await client.changes(1)).toEqual([
    {
      ids: [id],
      data: {
        schema: 'public',
        table: 'nopk',
        type: 'INSERT',
        commit_timestamp: null,
        columns: [],
        record: {},
        errors: ['Error 400: Bad Request, no primary key'],
      },
    },
  ])
})

test('42. a long value that did not change is left out, or taken from the full old row', async () => {
  const client = await stage.connect()
  const blob = 'x'.repeat(10_000)
  await stage.sql`insert into big values (1, ${blob}, 1)`
  await stage.settle()
  await client.listen(topic, all('big'))

  await stage.sql`update big set n = 2`
  await stage.sql`alter table big replica identity full`
  await stage.sql`update big set n = 3`

  const [byKey, byRow] = (await client.changes(2)).map(({ data }) => data)
  await stage.sql`alter table big replica identity default`
  expect(byKey.record).toEqual({ id: 1, n: 2 })
  expect(byRow.record).toEqual({ id: 1, n: 3, blob })
})

test('43. a row over a mebibyte keeps only its short values', async () => {
  const client = await stage.connect()
  await client.listen(topic, all('big'))

  await stage.sql`insert into big values (43, ${'x'.repeat(1_100_000)}, null)`

  const [{ data }] = await client.changes(1)
  expect(data.errors).toEqual(['Error 413: Payload Too Large'])
  expect(data.record).toEqual({ id: 43 })
  expect(data.columns).toHaveLength(3)
})

test('44. what is rolled back never happened; what is committed comes in its order', async () => {
  const client = await stage.connect()
  await client.listen(topic, all('plain'))

  await stage.sql
    .begin(async (tx) => {
      await tx`insert into plain (room) values ('gone')`
      throw new Error('rolled back')
    })
    .catch(() => undefined)
  await stage.sql.begin(async (tx) => {
    await tx`insert into plain (n) values (1), (2)`
    await tx`update plain set n = n + 10 where n = 1`
    await tx`delete from plain where n = 2`
  })

  const told = (await client.changes(4)).map(({ data }) => data)
  expect(told.map(({ type, record }) => [type, record?.n])).toEqual([
    ['INSERT', 1],
    ['INSERT', 2],
    ['UPDATE', 11],
    ['DELETE', undefined],
  ])
  expect(new Set(told.map(({ commit_timestamp }) => commit_timestamp)).size).toBe(1)
})

test('47. what happens while a client is away is not told later', async () => {
  const client = await stage.connect()
  await client.listen(topic, all('plain'))
  client.cut()

  await stage.sql`insert into plain (n) values (1)`
  await stage.settle()
  const again = await stage.connect()
  await again.listen(topic, all('plain'))
  await stage.sql`insert into plain (n) values (2)`

  expect((await again.changes(1)).map(({ data }) => data.record.n)).toEqual([2])
})

test('48. emptying a table tells nothing', async () => {
  const client = await stage.connect()
  await client.listen(topic, all('plain'))

  await stage.sql`truncate plain`
  await stage.sql`insert into plain (n) values (1)`

  expect((await client.changes(1)).map(({ data }) => data.type)).toEqual(['INSERT'])
})
