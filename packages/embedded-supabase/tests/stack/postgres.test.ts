import { mkdtempSync, rmSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '#ports'
import { type Postgres, startPostgres } from '#postgres/start-postgres'
import { answers } from './support/answers'
import { aFolder } from './support/stack-process'

const dataDir = mkdtempSync(join(tmpdir(), 'onhand-local-'))
let server: Postgres
let sql: postgres.Sql

beforeAll(async () => {
  server = await startPostgres({ dataDir, port: await freePort() })
  sql = postgres(server.url, { max: 1, onnotice: () => undefined })
})

afterAll(async () => {
  await sql.end()
  await server.stop()
  rmSync(dataDir, { recursive: true })
})

test('an acknowledged write is on disk: the server syncs every commit', async () => {
  const settings = await sql`
    select name, setting from pg_settings
    where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'wal_level', 'server_encoding', 'TimeZone')`

  expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    wal_level: 'logical',
    server_encoding: 'UTF8',
    TimeZone: 'UTC',
  })
})

test('the roles of Supabase are there, and who runs migrations is no superuser', async () => {
  const roles = await sql`
    select rolname, rolsuper, rolbypassrls, rolcanlogin from pg_roles
    where rolname in ('anon', 'authenticated', 'service_role', 'authenticator', 'postgres')
    order by rolname`

  expect(roles).toEqual([
    { rolname: 'anon', rolsuper: false, rolbypassrls: false, rolcanlogin: false },
    { rolname: 'authenticated', rolsuper: false, rolbypassrls: false, rolcanlogin: false },
    { rolname: 'authenticator', rolsuper: false, rolbypassrls: false, rolcanlogin: true },
    { rolname: 'postgres', rolsuper: false, rolbypassrls: true, rolcanlogin: true },
    { rolname: 'service_role', rolsuper: false, rolbypassrls: true, rolcanlogin: false },
  ])
})

test('a new table is granted to the API roles, as on Supabase', async () => {
  await sql`create table public.leaflet (id int)`

  const [granted] = await sql`
    select has_table_privilege('anon', 'public.leaflet', 'select, insert, update, delete') as anon,
      has_table_privilege('authenticated', 'public.leaflet', 'select, insert, update, delete') as authenticated`
  expect(granted).toEqual({ anon: true, authenticated: true })
})

test('migrations may publish tables and write policies for Realtime messages', async () => {
  await sql`create table public.bulletin (id int primary key)`
  await sql`alter publication supabase_realtime add table public.bulletin`
  await sql`create policy "staff listen" on realtime.messages for select to authenticated using (realtime.topic() = 'staff')`

  expect(await sql`select tablename from pg_publication_tables where pubname = 'supabase_realtime'`).toEqual([
    { tablename: 'bulletin' },
  ])
})

test('policies learn from the token who asks', async () => {
  const [who] = await sql.begin(async (tx) => {
    await tx`select set_config('request.jwt.claims', '{"sub":"00000000-0000-4000-8000-000000000001","role":"authenticated","email":"a@onhand.test"}', true)`
    return tx`select auth.uid(), auth.role(), auth.email(), auth.jwt() ->> 'sub' as sub`
  })

  expect(who).toEqual({
    uid: '00000000-0000-4000-8000-000000000001',
    role: 'authenticated',
    email: 'a@onhand.test',
    sub: '00000000-0000-4000-8000-000000000001',
  })
})

test('the data may lie below a folder that only its owner may enter', async () => {
  const inside = join(aFolder(), 'deeper', 'data')

  const other = await startPostgres({ dataDir: inside, port: await freePort() })

  await other.stop()
})

test('the database answers this machine alone', async () => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal)
  const { port } = new URL(server.url)

  expect(await answers(Number(port))).toBe(true)
  if (outside) expect(await answers(Number(port), outside.address)).toBe(false)
})
