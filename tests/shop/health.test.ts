import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { checkNames, type Report } from '@/lib/domain/health/vitals'
import { startReadOnlyApi } from './support/read-only-api'
import { aShop } from './support/shop'

const within = { timeout: 15_000, interval: 250 }
const shop = aShop()
const sql = postgres(process.env.DATABASE_URL ?? '', { max: 1, onnotice: () => undefined })

afterEach(() => shop.fail('none'))
afterAll(() => sql.end())

/** The checks of a server that fail, and that its status is theirs. */
async function failing(): Promise<string[]> {
  const { status, html } = await shop.ask('/readyz')
  const { ready, checks } = JSON.parse(html) as Report
  expect(status).toBe(ready ? 200 : 503)
  return checkNames.filter((name) => !checks[name].ok)
}
const becomes = (failed: string[]) => vi.waitFor(async () => expect(await failing()).toEqual(failed), within)

test('a server is ready when it hears its own heartbeat, and measures how long that takes', async () => {
  await becomes([])
  const { html, headers } = await shop.ask('/metrics')
  expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(html).toMatch(/^onhand_ready 1$/m)
  expect(html).toMatch(/^onhand_realtime_lag_p95_ms \d+$/m)
  expect(html).toMatch(/^onhand_inventory_differences 0$/m)
})

test('a table that is no longer streamed turns it red within 15 seconds, and green again', async () => {
  await becomes([])
  await sql`alter publication supabase_realtime drop table public.heartbeats`
  try {
    await becomes(['realtime'])
  } finally {
    await sql`alter publication supabase_realtime add table public.heartbeats`
  }
  await becomes([])
})

test('an API that hangs turns it red, while the process is alive', async () => {
  await becomes([])
  await shop.fail('hangs')
  await becomes(['database', 'realtime'])
  expect((await shop.ask('/healthz')).status).toBe(200)
  await shop.fail('none')
  await becomes([])
})

test('Realtime that is down turns it red, and green again', async () => {
  await becomes([])
  await shop.fail('has no sockets')
  await becomes(['realtime'])
  await shop.fail('none')
  await becomes([])
})

test('a database that cannot be written turns it red, and green again', async () => {
  await becomes([])
  const readOnlyApi = await startReadOnlyApi()
  shop.leadTo(readOnlyApi.url)
  try {
    await vi.waitFor(async () => expect(await failing()).toContain('database'), within)
    expect((await shop.ask('/healthz')).html).toBe('ok\n')
  } finally {
    shop.leadTo(process.env.NEXT_PUBLIC_SUPABASE_URL ?? '')
    await readOnlyApi.stop()
  }
  await becomes([])
})

test('an outbox that is stuck turns it red, and green again', async () => {
  await becomes([])
  const request = randomUUID()
  await sql`insert into private.mail (kind, due_at, created_at, request, ends_at, account)
    values ('reset_password', now() + interval '1 day', now() - interval '31 minutes', ${request},
      now() + interval '1 day', '{"to": "late@example.test"}')`
  try {
    await becomes(['mail'])
  } finally {
    await sql`delete from private.mail where request = ${request}`
  }
  await becomes([])
})

test('an older schema turns it red, and green again', async () => {
  await becomes([])
  const [current] =
    await sql`select pg_get_functiondef('private.schema_version()'::regprocedure) as definition`
  await sql`create or replace function private.schema_version() returns text language sql stable security definer
    set search_path = '' as $$ select '20260101000000' $$`
  try {
    await becomes(['schema'])
  } finally {
    await sql.unsafe(String(current?.definition))
  }
  await becomes([])
})

test('the secret key alone beats and reads hearts', async () => {
  const beat = (key: string | undefined) =>
    fetch(`${process.env.NEXT_PUBLIC_SUPABASE_URL}/rest/v1/rpc/beat`, {
      method: 'POST',
      headers: { apikey: key ?? '', 'content-type': 'application/json' },
      body: JSON.stringify({ server: '00000000-0000-4000-8000-00000000000a', number: 1 }),
    })
  expect((await beat(process.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY)).status).toBe(401)
  const hearts = await fetch(`${process.env.NEXT_PUBLIC_SUPABASE_URL}/rest/v1/heartbeats`, {
    headers: { apikey: process.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? '' },
  })
  expect(hearts.status).toBe(401)
  expect((await beat(process.env.SUPABASE_SECRET_KEY)).status).toBe(200)
})
