import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from '#tests/realtime/support/stage'

let stage: Stage
const topic = 'realtime:room:1'
const plain = { event: '*', schema: 'public', table: 'plain' }

beforeAll(async () => {
  stage = await openStage()
  await stage.sql`create table typed (id int primary key, vc varchar(9), b boolean, u uuid, num numeric, arr int[], at timestamptz, m mood)`
  await stage.sql`alter publication supabase_realtime add table typed`
})
afterAll(() => stage.close())

/** The ids of the rows of `table` a filter lets through. */
async function matched(filter: string, rows: string, table = 'plain'): Promise<number[]> {
  const client = await stage.connect()
  await client.listen(topic, [{ event: '*', schema: 'public', table, filter }])
  await stage.sql.unsafe(`delete from ${table}`)
  await stage.settle()
  await client.caughtUp()
  client.forget()
  await stage.sql.unsafe(`insert into ${table} ${rows}`)
  await stage.settle()
  await client.caughtUp()
  const ids = client.frames
    .filter(({ payload }) => payload.data?.type === 'INSERT')
    .map(({ payload }) => payload.data.record.id)
  client.cut()
  return ids
}

/** The client's error for such a subscription. */
async function complaint(entry: object): Promise<string> {
  const client = await stage.connect()
  await client.join(topic, { postgres_changes: [entry] })
  const { payload } = await client.system(topic)
  client.cut()
  expect(payload).toMatchObject({ extension: 'postgres_changes', status: 'error', channel: 'room:1' })
  return payload.message
}

const shelf = `values (1, 'a', 'hello', 1), (2, 'b', 'Help', 5), (3, 'x,y', null, null), (4, 'a', '', 9)`

test.for([
  ['id=eq.1', [1]],
  ['id=neq.1', [2, 3, 4]],
  ['id=lt.2', [1]],
  ['id=lte.2', [1, 2]],
  ['id=gt.2', [3, 4]],
  ['id=gte.2', [2, 3, 4]],
  ['room=in.(a,b)', [1, 2, 4]],
  ['room=in.("a","x,y")', [1, 3, 4]],
  ['id=in.(2,3)', [2, 3]],
  ['body=like.h%', [1]],
  ['body=ilike.H%', [1, 2]],
  ['body=match.^h.l', [1]],
  ['body=imatch.^H', [1, 2]],
  ['body=is.null', [3]],
  ['n=not.is.null', [1, 2, 4]],
  ['body=isdistinct.hello', [2, 3, 4]],
  ['id=not.eq.1', [2, 3, 4]],
  ['id=not.in.(1,2)', [3, 4]],
  ['body=not.like.h%', [2, 4]],
  ['body=eq.', [4]],
] as const)('29. a filter %s lets through rows %j', async ([filter, rows]) => {
  expect(await matched(filter, shelf)).toEqual(rows)
})

test.for([
  ['vc=eq.abc', [1]],
  ['b=is.true', [1]],
  ['b=not.is.true', [2, 3]],
  ['b=is.unknown', [3]],
  ['b=eq.yes', [1]],
  ['u=eq.AAAAAAAA-1111-4111-8111-111111111111', [1]],
  ['num=eq.1.50', [1]],
  ['num=lt.2', [1]],
  ['arr=eq."{1,2}"', [1]],
  ['at=gte.2024-01-01', [1]],
  ['m=eq.happy', [1]],
  ['m=in.(happy,sad)', [1, 2]],
] as const)('29. a filter on a typed column %s lets through rows %j', async ([filter, rows]) => {
  const typed = `values (1, 'abc', true, 'aaaaaaaa-1111-4111-8111-111111111111', 1.5, '{1,2}', '2024-02-29', 'happy'),
    (2, 'abd', false, null, 3, '{}', '2023-02-28', 'sad'), (3, null, null, null, null, null, null, null)`

  expect(await matched(filter, typed, 'typed')).toEqual(rows)
})

test('30. all conditions must hold, and a quoted comma is no separator', async () => {
  expect(await matched('id=gt.1,room=eq.a', shelf)).toEqual([4])
  expect(await matched('room=eq."x,y"', shelf)).toEqual([3])
  expect(await complaint({ ...plain, filter: 'room=eq.x,y' })).toBe('Error parsing `filter` params: ["y"]')
})

test('31. a missing value matches no comparison, only the tests made for it', async () => {
  expect(await matched('n=neq.1', shelf)).toEqual([2, 4])
  expect(await matched('n=not.eq.1', shelf)).toEqual([2, 4])
  expect(await matched('n=is.null', shelf)).toEqual([3])
  expect(await matched('n=isdistinct.1', shelf)).toEqual([2, 3, 4])
})

test('32. a row that moves out of the filter leaves without a message', async () => {
  const client = await stage.connect()
  await stage.sql`delete from plain`
  await stage.sql`insert into plain values (1, 'a', '', 0)`
  await stage.settle()
  await client.listen(topic, [{ ...plain, filter: 'room=eq.a' }])

  await stage.sql`update plain set n = 1`
  await stage.sql`update plain set room = 'zz'`

  expect((await client.changes(1)).map(({ data }) => data.record.n)).toEqual([1])
})

test('33. a delete is filtered by what its identity tells', async () => {
  const client = await stage.connect()
  await stage.sql`delete from plain`
  await stage.sql`insert into plain values (1, 'a', '', 0), (2, 'a', '', 0), (3, 'b', '', 0)`
  await stage.settle()
  await client.listen('realtime:room', [{ ...plain, filter: 'room=eq.a' }])
  await client.listen('realtime:key', [{ ...plain, filter: 'id=eq.1' }])

  await stage.sql`delete from plain where id = 1`
  expect(await client.changes(1, 'realtime:key')).toHaveLength(1)
  expect(await client.changes(0, 'realtime:room')).toHaveLength(0)

  await stage.sql`alter table plain replica identity full`
  await stage.sql`delete from plain where id = 2`
  await stage.sql`delete from plain where id = 3`
  expect((await client.changes(1, 'realtime:room')).map(({ data }) => data.old_record.id)).toEqual([2])
  await stage.sql`alter table plain replica identity default`
})

test('34. a selection shows its columns and the key', async () => {
  const client = await stage.connect()
  await stage.sql`delete from plain`
  await stage.settle()
  await client.listen(topic, [{ ...plain, select: ['room', 7, 'room'], filter: 'n=gt.5' }])
  await client.listen('realtime:all', [{ ...plain, select: [] }])

  await stage.sql`insert into plain values (1, 'a', 'x', 9)`

  const [{ data }] = await client.changes(1, topic)
  expect(data.record).toEqual({ id: 1, room: 'a' })
  expect(data.columns.map(({ name }: { name: string }) => name)).toEqual(['id', 'room'])
  const [everything] = await client.changes(1, 'realtime:all')
  expect(Object.keys(everything.data.record)).toHaveLength(4)
})

const exception = (table: string, filters: string, select = 'nil') =>
  `Unable to subscribe to changes with given parameters. An exception happened so please check your connect parameters: [event: *, schema: public, table: ${table}, filters: [${filters}], select: ${select}]. Exception: ERROR `

test.for([
  [
    'nope=eq.1',
    `${exception('plain', '{"nope", "eq", "1", false}')}P0001 (raise_exception) invalid column for filter nope`,
  ],
  [
    'id=eq.abc',
    `${exception('plain', '{"id", "eq", "abc", false}')}22P02 (invalid_text_representation) invalid input syntax for type bigint: "abc"`,
  ],
  [
    'id=like.1%',
    `${exception('plain', '{"id", "like", "1%", false}')}P0001 (raise_exception) operator like requires a text-compatible column type, got bigint`,
  ],
  [
    'room=is.true',
    `${exception('plain', '{"room", "is", "true", false}')}P0001 (raise_exception) is true filter requires a boolean column, got text`,
  ],
  [
    'room=is.maybe',
    `${exception('plain', '{"room", "is", "maybe", false}')}P0001 (raise_exception) invalid value for is filter: must be null, true, false, or unknown`,
  ],
  ['id=foo.hey', 'Error parsing `filter` params: ["foo", "hey"]'],
  ['id', 'Error parsing `filter` params: ["id"]'],
  ['id=5', 'Error parsing `filter` params: ["5"]'],
  ['id=in.1,2', 'Error parsing `filter` params: `in` filter value must be wrapped by parentheses'],
  [
    'id=eq.1,,id=eq.2',
    'Error parsing `filter` params: filter must not contain empty segments (check for extra commas)',
  ],
] as const)('35. a filter %s is complained about in the words of the server', async ([filter, words]) => {
  expect(await complaint({ ...plain, filter })).toBe(words)
})

test('35. varchar has no patterns, and a broken expression is found at once', async () => {
  expect(await complaint({ ...plain, table: 'typed', filter: 'vc=like.a%' })).toContain(
    'operator like requires a text-compatible column type, got character varying',
  )
  expect(await complaint({ ...plain, filter: 'body=match.(' })).toContain(
    'invalid regular expression for match filter: ',
  )
})

test('35. more than a hundred values are too many', async () => {
  const values = Array.from({ length: 101 }, (_, n) => n).join(',')

  expect(await complaint({ ...plain, filter: `id=in.(${values})` })).toBe(
    exception('plain', `\n  {"id", "in",\n   "{${values}}",\n   false}\n`) +
      'P0001 (raise_exception) too many values for `in` filter. Maximum 100',
  )
})

test('35. tables, selections and parameters that make no sense are named', async () => {
  const unpublished = (schema: string, table: string) =>
    `Unable to subscribe to changes with given parameters. Please check Realtime is enabled for the given connect parameters: [event: *, schema: ${schema}, table: ${table}, filters: [], select: nil]`

  expect(await complaint({ ...plain, table: 'nope' })).toBe(unpublished('public', 'nope'))
  expect(await complaint({ ...plain, table: 'notpub' })).toBe(unpublished('public', 'notpub'))
  expect(await complaint({ event: '*', schema: 'nope' })).toBe(unpublished('nope', '*'))
  expect(await complaint({ ...plain, select: ['id', 'nope'] })).toBe(
    `${exception('plain', '', '["id", "nope"]')}P0001 (raise_exception) invalid column for select nope`,
  )
  expect(await complaint({ ...plain, select: 'id' })).toBe(
    'Error parsing `select` params: expected a list of column name strings, e.g. select: ["col1", "col2"]',
  )
  expect(await complaint({ event: '*', schema: 'public', select: ['id'] })).toBe(
    'Column selection is not supported for wildcard subscriptions. Provide an explicit schema and table name.',
  )
  expect(await complaint({ event: '*', schema: 'public', filter: 'id=eq.1' })).toBe(
    'No subscription params provided. Please provide at least a `schema` or `table` to subscribe to: %{"event" => "*", "filter" => "id=eq.1", "schema" => "public"}',
  )
  expect(await complaint({})).toContain('to subscribe to: %{}')
})

test('36. one bad entry silences the good ones of its channel', async () => {
  const client = await stage.connect()
  await client.join(topic, { postgres_changes: [plain, { ...plain, table: 'nope' }] })
  await client.system(topic)

  await stage.sql`insert into plain values (36, 'a', '', 0)`

  expect(await client.changes(0)).toHaveLength(0)
  expect(client.frames.filter(({ event }) => event === 'system')).toHaveLength(1)
})
