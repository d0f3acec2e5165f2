import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { connect } from '@/tests/support/database'

const sql = connect(1)
afterAll(() => sql.end())

const ours = sql`n.nspname in ('public', 'private')`

test('every table has row level security and says what it is for', async () => {
  const bare = await sql`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and c.relkind in ('r', 'p') and (not c.relrowsecurity or obj_description(c.oid) is null)`
  expect(bare).toEqual([])
})

test('every function pins its search_path and says what it does', async () => {
  const loose = await sql`
    select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where ${ours} and (not coalesce('search_path=""' = any (p.proconfig), false) or obj_description(p.oid) is null)`
  expect(loose).toEqual([])
})

test('no object in the API schema runs with its owner’s rights', async () => {
  const definers = await sql`
    select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.prosecdef`
  expect(definers).toEqual([])
})

test('every foreign key has an index that begins with its columns', async () => {
  const unindexed = await sql`
    select k.conrelid::regclass::text as table, k.conname as key
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and k.contype = 'f' and not exists (
      select from pg_index i where i.indrelid = k.conrelid
        and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)`
  expect(unindexed).toEqual([])
})

test('nobody without an account may call anything: the shop’s server acts for guests', async () => {
  const callable = await sql`
    select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where ${ours} and has_function_privilege('anon', p.oid, 'execute')
    order by 1`
  // The functions that table policies call.
  expect(callable.map((row) => row.name)).toEqual(['private.staff_role()'])
})

test('no role of the API may write a stock table, not even the secret key', async () => {
  const writable = await sql`
    select role, name, privilege
    from unnest(array['anon', 'authenticated', 'service_role']) as role,
      unnest(array['stock_movements', 'stock_levels', 'availability', 'shelf', 'claims', 'carts', 'cart_lines', 'orders',
        'order_items', 'order_events', 'order_returns', 'order_picking', 'order_picks', 'order_shorts', 'payments', 'sales_by_variant', 'sales_by_minute',
        'sales_by_quarter_hour', 'sales_pace', 'stock_totals', 'customers']) as name,
      unnest(array['insert', 'update', 'delete', 'truncate']) as privilege
    where has_table_privilege(role, 'public.' || name, privilege)`
  expect(writable).toEqual([])
})

test('shoppers and staff may write no table at all; functions write for them', async () => {
  const writable = await sql`
    select role, c.oid::regclass::text as name, privilege
    from pg_class c join pg_namespace n on n.oid = c.relnamespace,
      unnest(array['anon', 'authenticated']) as role,
      unnest(array['insert', 'update', 'delete', 'truncate']) as privilege
    where ${ours} and c.relkind in ('r', 'p', 'v') and has_table_privilege(role, c.oid, privilege)`
  expect(writable).toEqual([])
})

test('the policy of what shoppers subscribe to calls nothing that could raise', async () => {
  const [policy] = await sql`
    select qual, with_check from pg_policies where schemaname = 'public' and tablename = 'shelf'`
  expect(policy).toEqual({ qual: 'true', with_check: null })
})

test('Realtime streams exactly these tables', async () => {
  const published = await sql`
    select tablename as name from pg_publication_tables where pubname = 'supabase_realtime' order by 1`
  expect(published.map((row) => row.name)).toEqual([
    'alerts',
    'availability',
    'categories',
    'conversations',
    'counts',
    'deliveries',
    'discount_counts',
    'heartbeats',
    'imports',
    'in_transit',
    'inbox_counts',
    'locations',
    'order_picking',
    'order_picks',
    'orders',
    'products',
    'sales_by_minute',
    'sales_by_variant',
    'shelf',
    'shop_settings',
    'staff',
    'stock_levels',
    'stock_movements',
    'variants',
  ])
})

/** What Supabase's own advisors (splinter) warn about, by name and object. */
async function warnings(): Promise<string[]> {
  const url = new URL(process.env.DATABASE_URL ?? '')
  url.searchParams.set('sslmode', 'disable')
  const { stdout } = await promisify(execFile)(
    'supabase',
    ['db', 'advisors', `--db-url=${url}`, '--level', 'warn', '--output-format', 'json'],
    {
      env: { ...process.env, PATH: `node_modules/.bin:${process.env.PATH}` },
    },
  )
  const { results } = JSON.parse(stdout) as { results: { name: string; metadata: { name: string } }[] }
  return results.map((each) => `${each.name}: ${each.metadata.name}`)
}

// In this file because its control table would upset the conventions above if they ran beside it.
// Two runs of the CLI take half a minute on a busy machine.
test('Supabase’s advisors have nothing to warn about, and would if there were', {
  timeout: 120_000,
}, async () => {
  expect(await warnings()).toEqual([])

  await sql`create table public.left_open (id integer primary key)`
  try {
    expect(await warnings()).toContain('rls_disabled_in_public: left_open')
  } finally {
    await sql`drop table public.left_open`
  }
})
