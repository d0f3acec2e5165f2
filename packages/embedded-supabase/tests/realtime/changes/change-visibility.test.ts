import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { KEYS, signJwt } from '#keys'
import { openStage, type Stage, user1, user2, userToken } from '#tests/realtime/support/stage'

let stage: Stage
const topic = 'realtime:room:1'
const all = (table: string) => [{ event: '*', schema: 'public', table }]

beforeAll(async () => {
  stage = await openStage()
})
beforeEach(async () => {
  await stage.sql`delete from owned`
  await stage.sql`delete from cols`
  await stage.settle()
})
afterAll(() => stage.close())

/** Two users, a visitor and the shop itself, all listening to one table. */
async function audience(table: string) {
  const [one, two, visitor, service] = await Promise.all([
    stage.connect(),
    stage.connect(),
    stage.connect(),
    stage.connect({ apikey: KEYS.secret }),
  ])
  await one.listen(topic, all(table), userToken(user1))
  await two.listen(topic, all(table), userToken(user2))
  await visitor.listen(topic, all(table))
  await service.listen(topic, all(table))
  return { one, two, visitor, service }
}

const kinds = (changes: { data: { type: string } }[]) => changes.map(({ data }) => data.type)

test('37. a row is told to its owner and the service; its end to everyone, key only', async () => {
  const { one, two, visitor, service } = await audience('owned')

  await stage.sql`insert into owned values (1, ${user1}, 'mine')`
  await stage.settle()
  await stage.sql`update owned set note = 'still mine'`
  await stage.settle()
  await stage.sql`delete from owned`

  expect(kinds(await one.changes(3))).toEqual(['INSERT', 'UPDATE', 'DELETE'])
  expect(kinds(await service.changes(3))).toEqual(['INSERT', 'UPDATE', 'DELETE'])
  for (const outsider of [two, visitor]) {
    const [{ data }, ...others] = await outsider.changes(1)
    expect(data).toMatchObject({ type: 'DELETE', old_record: { id: 1 } })
    expect(Object.keys(data.old_record)).toEqual(['id'])
    expect(others).toEqual([])
  }
})

test('38. a row gone before it is looked at is told only by its end', async () => {
  const { one, service } = await audience('owned')

  await stage.sql.begin(async (tx) => {
    await tx`insert into owned values (38, ${user1}, 'x')`
    await tx`delete from owned where id = 38`
  })

  expect(kinds(await one.changes(1))).toEqual(['DELETE'])
  expect(kinds(await service.changes(1))).toEqual(['DELETE'])
})

test('39. a row handed to another owner is told to the new one only', async () => {
  await stage.sql`insert into owned values (39, ${user1}, 'x')`
  await stage.settle()
  const { one, two, service } = await audience('owned')

  await stage.sql`update owned set owner = ${user2} where id = 39`

  expect(kinds(await two.changes(1))).toEqual(['UPDATE'])
  expect(kinds(await service.changes(1))).toEqual(['UPDATE'])
  expect(await one.changes(0)).toEqual([])
})

test('40. a column the reader may not see is not there', async () => {
  const { one, visitor } = await audience('cols')

  await stage.sql`insert into cols values (1, 'clerk', 1000)`

  const [mine] = await one.changes(1)
  expect(mine.data.record).toEqual({ id: 1, title: 'clerk', salary: 1000 })
  const [theirs] = await visitor.changes(1)
  expect(theirs.data.record).toEqual({ id: 1, title: 'clerk' })
  expect(theirs.data.columns.map(({ name }: { name: string }) => name)).toEqual(['id', 'title'])
})

test('40. without the key column a reader learns only that it may not read, and of ends nothing but that', async () => {
  const { one, visitor } = await audience('cols')
  await stage.sql`revoke select (id) on cols from anon`

  await stage.sql`insert into cols values (1, 'clerk', 1000)`
  await stage.sql`delete from cols`

  expect(kinds(await one.changes(2))).toEqual(['INSERT', 'DELETE'])
  const [inserted, deleted] = (await visitor.changes(2)).map(({ data }) => data)
  expect(inserted).toMatchObject({
    errors: ['Error 401: Unauthorized'],
    record: {},
    columns: [],
    commit_timestamp: null,
  })
  expect(deleted).toMatchObject({ errors: null, old_record: {}, columns: [{ name: 'title', type: 'text' }] })
  await stage.sql`grant select (id) on cols to anon`
})

test('40. a filter on a column the reader may not see is refused', async () => {
  const visitor = await stage.connect()

  await visitor.join(topic, { postgres_changes: [{ ...all('cols')[0], filter: 'salary=gt.1' }] })

  expect((await visitor.system(topic)).payload.message).toContain('invalid column for filter salary')
})

test('46. a new token shows what its owner may see, and nothing of the old one', async () => {
  const client = await stage.connect()
  await client.listen(topic, all('owned'), userToken(user1))
  client.forget()

  client.send(topic, 'access_token', { access_token: userToken(user2) })
  await client.system(topic, 'Subscribed to PostgreSQL')
  await stage.sql`insert into owned values (1, ${user1}, 'of one'), (2, ${user2}, 'of two')`

  expect((await client.changes(1)).map(({ data }) => data.record.note)).toEqual(['of two'])
})

test('a token for a role the database does not have is told so', async () => {
  const client = await stage.connect()

  const token = signJwt({ role: 'nobody', exp: Math.floor(Date.now() / 1000) + 60 })
  await client.join(topic, { postgres_changes: all('plain') }, token)

  expect((await client.system(topic)).payload.message).toMatch(
    /Exception: ERROR 42704 \(undefined_object\) role "nobody" does not exist$/,
  )
})

test('a policy that raises for one reader disturbs nobody else', async () => {
  await stage.sql.unsafe(`
    create table moody (id int primary key, note text);
    alter table moody enable row level security;
    create policy "moody" on moody for select to authenticated
      using (case when auth.uid() = '${user2}' and note = 'bad' then (1 / (id - id)) = 1 else true end);
    grant all on moody to anon, authenticated, service_role;
    alter publication supabase_realtime add table moody;
  `)
  const { one, two } = await audience('moody')

  await stage.sql`insert into moody values (1, 'bad')`
  expect(kinds(await one.changes(1))).toEqual(['INSERT'])
  expect(await two.changes(0)).toEqual([])
  await stage.sql`delete from moody`
  await stage.sql`insert into moody values (2, 'good')`

  expect(kinds(await one.changes(3))).toEqual(['INSERT', 'DELETE', 'INSERT'])
  expect(kinds(await two.changes(2))).toEqual(['DELETE', 'INSERT'])
})

test('a policy that never ends costs its reader the row, not the others', async () => {
  await stage.sql.unsafe(`
    create table slow (id int primary key);
    alter table slow enable row level security;
    create policy "slow" on slow for select to authenticated
      using (case when auth.uid() = '${user2}' then pg_sleep(60) is not null else true end);
    grant all on slow to anon, authenticated, service_role;
    alter publication supabase_realtime add table slow;
  `)
  const { one, two } = await audience('slow')

  await stage.sql`insert into slow values (1)`

  await one.find(({ event }) => event === 'postgres_changes', 'the change', 15_000)
  expect(await two.changes(0)).toEqual([])
})

test('a filter on an array, a schema without usage, a changed grant or policy: all as of now', async () => {
  await stage.sql.unsafe(`
    create schema hidden;
    create table hidden.tagged (id int primary key, tags int[]);
    alter table hidden.tagged enable row level security;
    create policy "all" on hidden.tagged for select using (true);
    grant select on hidden.tagged to anon, authenticated;
    alter publication supabase_realtime add table hidden.tagged;
  `)
  const [visitor, other] = [await stage.connect(), await stage.connect()]
  await visitor.listen(topic, [{ event: '*', schema: 'hidden', table: 'tagged', filter: 'tags=eq."{1}"' }])
  await other.listen(topic, all('plain'))

  await stage.sql`insert into hidden.tagged values (1, '{1}')`
  await stage.sql`insert into plain (n) values (1)`
  expect(await other.changes(1)).toHaveLength(1)
  expect(await visitor.changes(0)).toHaveLength(0)

  await stage.sql`grant usage on schema hidden to anon`
  await stage.sql`insert into hidden.tagged values (2, '{1}'), (3, '{2}')`
  expect((await visitor.changes(1)).map(({ data }) => data.record.id)).toEqual([2])
})
