import { execFile } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SCHEMA_VERSION } from '@/lib/domain/core/schema-version'
import { connect } from '@/tests/support/database'

const sql = connect(1)
/** The version that the database reports; restored after each test. */
beforeEach(() => setVersion(SCHEMA_VERSION))
afterEach(() => setVersion(SCHEMA_VERSION))

async function setVersion(version: string): Promise<void> {
  await sql`
    update supabase_migrations.schema_migrations set version = ${version}
    where version = (select max(version) from supabase_migrations.schema_migrations)`
}

/** A shop server as it starts, in a separate process: its exit and its output. */
function startServer(): Promise<{ code: number; said: string }> {
  const script = `import('./instrumentation').then(({ register }) => register()).then(() => process.exit(0))`
  const flags = ['--import', 'tsx', '--conditions', 'react-server', '--eval', script]
  const env = { ...process.env, NEXT_RUNTIME: 'nodejs', SITE_URL: 'http://shop.test' }
  return new Promise((resolve) => {
    execFile(process.execPath, flags, { env }, (error, _, said) =>
      resolve({ code: Number(error?.code ?? 0), said }),
    )
  })
}

test('a shop starts on a database with the schema it needs', async () => {
  expect(await startServer()).toMatchObject({ code: 0 })
})

test.for([
  ['older', '20200101000000', /^The database is older .* "npx supabase db push".*$/m],
  ['newer', '99990101000000', /^The database is newer .* "supabase db push".*$/m],
] as const)(
  'a shop does not start on a database that is %s and says what to do',
  async ([, version, sentence]) => {
    await setVersion(version)

    const { code, said } = await startServer()

    expect(code).toBe(1)
    expect(said).toMatch(sentence)
  },
)

test('a shop does not start on a database without its schema', async () => {
  await sql`alter function public.schema_version() rename to schema_version_gone`
  try {
    const { code, said } = await startServer()

    expect(code).toBe(1)
    expect(said).toMatch(/does not have the schema of this shop.*supabase db push/)
  } finally {
    await sql`alter function public.schema_version_gone() rename to schema_version`
  }
})

test('a shop does not start on a Data API that cuts lists shorter than the shop reads them', async () => {
  // As max_rows = 500 does: half of the thousand rows arrive.
  const rows = (count: number) =>
    sql.unsafe(`create or replace function public.row_limit_probe() returns setof integer
      language sql immutable set search_path = '' as 'select generate_series(1, ${count})'`)
  await rows(500)
  try {
    const { code, said } = await startServer()

    expect(code).toBe(1)
    expect(said).toMatch(/answers with 500 rows at once, this shop needs 1000.*max_rows/)
  } finally {
    await rows(1000)
  }
})

test('guests and signed-in people cannot ask for the version of the schema', async () => {
  const [may] =
    await sql`select has_function_privilege('anon', 'public.schema_version()', 'execute') as guests,
    has_function_privilege('authenticated', 'public.schema_version()', 'execute') as people,
    has_function_privilege('service_role', 'public.schema_version()', 'execute') as shop`
  expect(may).toEqual({ guests: false, people: false, shop: true })
})
