import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ROOT } from '@/commands/root'
import { connect } from '@/tests/support/database'

const sql = connect(1)
afterAll(() => sql.end())

test('docs/planner-settings.md explains each planner setting of a function, and no other', async () => {
  const page = readFileSync(join(ROOT, 'docs/planner-settings.md'), 'utf8')
  const explained = [...page.matchAll(/^\| `([^`]+)`/gm)].map(([, setting]) => setting)
  const inUse = await sql`
    select distinct replace(setting, '=', ' = ') as setting
    from pg_proc as p cross join unnest(p.proconfig) as setting
    where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
      and setting !~ '^(search_path|lock_timeout|statement_timeout)='`

  expect(explained.toSorted()).toEqual(inUse.map(({ setting }) => setting).toSorted())
})

test('no role and no database has a planner setting', async () => {
  const set = await sql`
    select setrole::regrole::text as role, setting from pg_db_role_setting cross join unnest(setconfig) as setting
    where setting ~ '^(enable_|plan_cache_mode|jit|work_mem|random_page_cost|cpu_)'`
  expect([...set]).toEqual([])
})
