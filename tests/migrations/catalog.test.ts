import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Catalog, differences, readCatalog } from '@/commands/schema/catalog'
import { migrationText } from '@/commands/schema/migration-text'
import { migrationFiles, schemaFiles } from '@/commands/schema/sql-files'
import { startWorkbench, type Workbench } from '@/commands/schema/workbench'
import { planted } from './support/planted'

let bench: Workbench
let migrated: Catalog
let declared: Catalog
const urls = { migrated: '', declared: '' }

beforeAll(async () => {
  bench = await startWorkbench()
  urls.migrated = await bench.createDatabase('migrated', migrationFiles())
  urls.declared = await bench.createDatabase('declared', schemaFiles())
  migrated = await readCatalog(urls.migrated)
  declared = await readCatalog(urls.declared)
})
afterAll(() => bench.stop())

test('migrations and schemas make the same database', () => {
  expect(
    differences(migrated, declared),
    'supabase/schemas says something that no migration does: npm run db:migration -- NAME writes it',
  ).toEqual([])
})

test('migrations and schemas put the same number of rows into each table', async () => {
  expect(await rowCounts(urls.migrated)).toEqual(await rowCounts(urls.declared))
})

test('each kind of change is seen, and the migration written for all of them makes the same database', async () => {
  const changes = planted.map(({ sql }) => sql).join(';\n')
  const schemas = [...schemaFiles(), { path: 'planted', text: changes }]
  const changed = await readCatalog(await bench.createDatabase('changed', schemas))

  const seen = differences(declared, changed)
  for (const { sql, difference } of planted) expect(seen, sql).toContain(difference)

  const { text, byHand } = migrationText(declared, changed, schemas)
  expect(byHand).toBeGreaterThan(0)
  const finished = text.replaceAll(/^-- TODO:.*\n((?:-- .*\n)+)/gm, (_, todo: string) =>
    todo.replaceAll(/^-- /gm, ''),
  )
  const upgraded = await bench.createDatabase('upgraded', [
    ...schemaFiles(),
    { path: 'written', text: finished },
  ])
  expect(differences(await readCatalog(upgraded), changed)).toEqual([])
})

test('a column that is not written last in its table is named', async () => {
  const table = (columns: string) => [{ path: 'table', text: `create table public.ordered (${columns})` }]
  const before = await readCatalog(await bench.createDatabase('before', table('a int, b int')))
  const after = await readCatalog(await bench.createDatabase('after', table('b int, a int')))

  expect(differences(before, after)).toEqual([
    'table:public.ordered: its columns are in another order. A new column is written last in its table, and the last one of the migrations is b.',
  ])
})

async function rowCounts(url: string) {
  const sql = postgres(url, { max: 1 })
  try {
    return [
      ...(await sql`
        select c.oid::regclass::text as table,
          (xpath('/row/count/text()', query_to_xml(format('select count(*) from %s', c.oid::regclass), false, true, '')))[1]::text as rows
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('public', 'private') and c.relkind = 'r' order by 1`),
    ]
  } finally {
    await sql.end()
  }
}
