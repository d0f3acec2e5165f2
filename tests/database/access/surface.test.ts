import { afterAll, expect, test } from 'vitest'
import { connect } from '@/tests/support/database'
import { channelsIn, documented, functionsIn, relationsIn } from '@/tests/support/surface'

// docs/surface.md lists all callers, and this compares it with the database. A new table, function or channel is added
// there; so is a new role for an existing one.

const sql = connect(1)
afterAll(() => sql.end())

test('every table and view is in docs/surface.md as the API roles have it', async () => {
  const said = documented('Tables and views').map(
    ({ name, anon, authenticated, service_role, streamed }) => ({
      name,
      anon,
      authenticated,
      service_role,
      streamed,
    }),
  )
  expect(said).toEqual(await relationsIn(sql))
})

test('nobody without an account reads a table but the shelf', async () => {
  const open = (await relationsIn(sql)).filter((each) => 'anon' in each && each.anon !== '–')
  expect(open.map(({ name }) => name)).toEqual(['shelf'])
})

test('a signed-in customer has no policy but for the shelf and their own staff row', async () => {
  const policies = await sql<{ table: string; roles: string[]; condition: string }[]>`
    select tablename as table, roles::text[] as roles, coalesce(qual, with_check) as condition
    from pg_policies where schemaname = 'public' order by 1`
  const open = policies.filter(
    ({ roles, condition }) =>
      roles.includes('anon') || !condition.includes('staff_role()') || condition.includes('uid()'),
  )
  expect(open.map(({ table }) => table)).toEqual(['shelf', 'staff'])
})

test('every function is in docs/surface.md with its roles and the least of them its code lets go on', async () => {
  const said = documented('Functions').map(({ name, roles, least }) => ({ name, roles, least }))
  const found = (await functionsIn(sql)).map(({ name, roles, least }) => ({ name, roles, least }))
  expect(said).toEqual(found)
})

test("objects behind a function are granted to the function's callers", async () => {
  const wider = (await functionsIn(sql)).filter(
    ({ roles, twin }) => twin.length > 0 && !twin.some((each) => each === roles || each.startsWith('anon')),
  )
  // These call a helper of many, or are rows of a view with the caller's own rights.
  expect(wider.map(({ name }) => name)).toEqual([])
})

test('every channel is in docs/surface.md', async () => {
  const said = documented('Channels').map(({ topic, policy, verb, who }) => ({ topic, policy, verb, who }))
  expect(said).toEqual(await channelsIn(sql))
})
