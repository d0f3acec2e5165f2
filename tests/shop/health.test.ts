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

/** A fault turns the server red by these checks within 15 seconds, and its end turns it green again. */
async function expectRed(
  failed: string[],
  fault: () => PromiseLike<unknown>,
  mend: () => PromiseLike<unknown>,
): Promise<void> {
  await becomes([])
  await fault()
  try {
    await becomes(failed)
    expect((await shop.ask('/healthz')).html).toBe('ok\n')
  } finally {
    await mend()
  }
  await becomes([])
}

test('a table that is no longer streamed turns it red', () =>
  expectRed(
    ['realtime'],
    () => sql`alter publication supabase_realtime drop table public.heartbeats`,
    () => sql`alter publication supabase_realtime add table public.heartbeats`,
  ))

test.for([
  ['an API that hangs', 'hangs', ['database', 'realtime']],
  ['Realtime that is down', 'has no sockets', ['realtime']],
] as const)('%s turns it red', ([, fault, failed]) =>
  expectRed(
    [...failed],
    () => shop.fail(fault),
    () => shop.fail('none'),
  ),
)

test('a database that cannot be written turns it red', async () => {
  const readOnlyApi = await startReadOnlyApi()
  await expectRed(
    ['database', 'realtime'],
    async () => shop.leadTo(readOnlyApi.url),
    async () => shop.leadTo(process.env.NEXT_PUBLIC_SUPABASE_URL ?? ''),
  )
  await readOnlyApi.stop()
})

test('an outbox that is stuck turns it red', () => {
  const request = randomUUID()
  return expectRed(
    ['mail'],
    () => sql`insert into private.mail (kind, due_at, created_at, request, ends_at, account)
      values ('reset_password', now() + interval '1 day', now() - interval '31 minutes', ${request},
        now() + interval '1 day', '{"to": "late@example.test"}')`,
    () => sql`delete from private.mail where request = ${request}`,
  )
})

test('an older schema turns it red', async () => {
  const [current] =
    await sql`select pg_get_functiondef('private.schema_version()'::regprocedure) as definition`
  await expectRed(
    ['schema'],
    () => sql`create or replace function private.schema_version() returns text language sql stable
      security definer set search_path = '' as $$ select '20260101000000' $$`,
    () => sql.unsafe(String(current?.definition)),
  )
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
