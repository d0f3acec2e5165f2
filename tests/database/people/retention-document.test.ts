import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ROOT } from '@/commands/root'
import { connect } from '@/tests/support/database'
import { tablesThatAre } from '@/tests/support/retention'

const sql = connect(1)
afterAll(() => sql.end())

const document = readFileSync(join(ROOT, 'docs/retention.md'), 'utf8')

test('docs/retention.md names every table once: cleaned by rule, bounded, or kept for ever', async () => {
  const tables = await sql`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'private') and c.relkind in ('r', 'p') and not c.relispartition`

  const named = [...tablesThatAre('cleaned'), ...tablesThatAre('bounded'), ...tablesThatAre('kept')]

  expect(named.toSorted()).toEqual([...tables.map((table) => table.name), 'realtime.messages'].toSorted())
})

test('docs/retention.md says of every rule how long it keeps, as the database does', async () => {
  const rules = await sql`select kind, keep from private.retention_rules order by kind`
  const said = [...document.matchAll(/^\| `[\w.]+` +\| `(\w+)`: [^|]+\| ([^|]+?) *\|/gm)]

  expect(said.map(([, kind]) => kind).toSorted()).toEqual(rules.map((rule) => rule.kind))
  for (const [, kind, keep] of said) {
    const [same] =
      await sql`select keep = ${keep ?? ''}::interval as same from private.retention_rules where kind = ${kind ?? ''}`
    expect(same?.same, kind).toBe(true)
  }
})
