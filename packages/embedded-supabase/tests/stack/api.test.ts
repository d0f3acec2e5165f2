import { createClient } from '@supabase/supabase-js'
import postgres from 'postgres'
import { expect, onTestFinished, test } from 'vitest'
import { KEYS, signJwt } from '#keys'

const API = process.env.API_URL ?? ''
const BOOKS = '/rest/v1/books?select=id&limit=1'

function as(key: string) {
  return createClient(API, key, { auth: { persistSession: false, autoRefreshToken: false } })
}

function get(path: string, headers: Record<string, string>) {
  return fetch(API + path, { headers })
}

test('a page of any origin may ask, and read the headers that count rows', async () => {
  const preflight = await fetch(API + BOOKS, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://shop.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'apikey,content-type,prefer',
    },
  })
  const answer = await get(BOOKS, { origin: 'https://shop.example', apikey: KEYS.publishable })

  expect(preflight.status).toBe(200)
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
  expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH')
  expect(preflight.headers.get('access-control-allow-headers')).toBe('apikey,content-type,prefer')
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.get('access-control-expose-headers')).toContain('Content-Range')
})

test('every form of a key opens what its role may read', async () => {
  const members = '/rest/v1/members?select=id&limit=1'

  expect((await get(members, { apikey: KEYS.secret })).status).toBe(200)
  expect((await get(members, { apikey: KEYS.serviceRoleJwt })).status).toBe(200)
  expect((await get(members, { authorization: `Bearer ${KEYS.serviceRoleJwt}` })).status).toBe(200)
  expect((await get(members, { apikey: KEYS.publishable })).status).toBe(401)
  expect((await get(members, { apikey: KEYS.anonJwt })).status).toBe(401)
  expect((await get(`${BOOKS}&apikey=${KEYS.publishable}`, {})).status).toBe(200)
})

test('no key, a made-up key and a token signed by others open nothing', async () => {
  const forged = `${signJwt({ role: 'service_role', exp: 4_000_000_000 }).slice(0, -2)}xx`

  expect((await get(BOOKS, {})).status).toBe(401)
  expect((await get(BOOKS, { apikey: 'sb_secret_of_my_own' })).status).toBe(401)
  expect((await get(BOOKS, { apikey: forged })).status).toBe(401)
  expect((await get(BOOKS, { apikey: KEYS.publishable, authorization: `Bearer ${forged}` })).status).toBe(401)
})

test('a token that has expired is refused as such', async () => {
  const stale = signJwt({ role: 'authenticated', sub: crypto.randomUUID(), exp: 1_700_000_000 })

  const answer = await get(BOOKS, { apikey: KEYS.publishable, authorization: `Bearer ${stale}` })

  expect(answer.status).toBe(401)
  expect(await answer.json()).toMatchObject({ code: 'PGRST303', message: 'JWT expired' })
})

test('serving requests grants nobody anything the migrations did not', async () => {
  await as(KEYS.publishable).from('books').select('id').limit(1)
  const sql = postgres(process.env.DB_URL ?? '', { max: 1 })
  onTestFinished(() => sql.end())

  const [may] = await sql`
    select has_table_privilege('anon', 'public.members', 'select') as "read members",
      has_table_privilege('authenticated', 'public.loans', 'update') as "change loans"`
  expect(may).toEqual({ 'read members': false, 'change loans': false })
})

test('an exception raised in SQL answers as PostgREST does', async () => {
  const sql = postgres(process.env.DB_URL ?? '', { max: 1 })
  onTestFinished(async () => {
    await sql`drop function public.complain(text)`
    await sql.end()
  })
  await sql`
    create function public.complain(code text) returns void language plpgsql as $$
    begin raise exception using errcode = code, message = 'no', detail = 'because', hint = 'ask'; end $$`
  const complain = (code: string) => as(KEYS.secret).rpc('complain', { code })

  await expect.poll(async () => (await complain('P0001')).status).toBe(400)
  expect((await complain('P0001')).error).toMatchObject({
    code: 'P0001',
    message: 'no',
    details: 'because',
    hint: 'ask',
  })
  expect((await complain('PT409')).status).toBe(409)
  expect((await complain('23514')).status).toBe(400)
  expect((await complain('40001')).status).toBe(500)
  expect((await complain('42501')).status).toBe(403)
})

test('JSON goes into functions and comes back as it was, and times are written as ISO', async () => {
  const sql = postgres(process.env.DB_URL ?? '', { max: 1 })
  onTestFinished(async () => {
    await sql`drop function public.echo(jsonb, jsonb)`
    await sql.end()
  })
  await sql`
    create function public.echo(lines jsonb, note jsonb) returns table (lines jsonb, note jsonb, at timestamptz)
    language sql as $$ select lines, note, timestamptz '2026-01-02 03:04:05.678+00' $$`
  const echo = () => as(KEYS.secret).rpc('echo', { lines: [{ quantity: 2 }], note: 'a note' })

  await expect.poll(async () => (await echo()).status).toBe(200)
  expect((await echo()).data).toEqual([
    { lines: [{ quantity: 2 }], note: 'a note', at: '2026-01-02T03:04:05.678+00:00' },
  ])
})

test('a function knows who asked, and how', async () => {
  const sql = postgres(process.env.DB_URL ?? '', { max: 1, onnotice: () => undefined })
  onTestFinished(async () => {
    await sql`drop function if exists public.who_asks()`
    await sql`notify pgrst, 'reload schema'`
    await sql.end()
  })
  await sql`create function public.who_asks() returns jsonb language sql as $$
    select jsonb_build_object('role', current_user, 'uid', auth.uid(), 'claims', current_setting('request.jwt.claims')::jsonb,
      'method', current_setting('request.method'), 'agent', current_setting('request.headers')::jsonb ->> 'x-agent') $$`
  await sql`notify pgrst, 'reload schema'`
  const token = signJwt({
    role: 'authenticated',
    sub: '00000000-0000-4000-8000-00000000000a',
    exp: 1983812996,
  })
  const ask = async (headers: Record<string, string>) => {
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{}',
    }
    return (await fetch(`${API}/rest/v1/rpc/who_asks`, request)).json()
  }

  const person = await ask({ apikey: KEYS.publishable, authorization: `Bearer ${token}`, 'x-agent': 'till' })
  const outsider = await ask({ apikey: KEYS.publishable })

  expect(person).toMatchObject({
    role: 'authenticated',
    uid: '00000000-0000-4000-8000-00000000000a',
    claims: { sub: '00000000-0000-4000-8000-00000000000a' },
    method: 'POST',
    agent: 'till',
  })
  expect(outsider).toMatchObject({ role: 'anon', uid: null })
})
