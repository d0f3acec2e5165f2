import { afterAll, expect, test } from 'vitest'
import { connect } from '@/tests/support/database'

// A public function that needs more rights than its caller passes each of its arguments to a private function of the same
// name. The call is by position, so names, types and order must be the same; only the public one has defaults.
const sql = connect(1)
afterAll(() => sql.end())

/** Public functions that take their private twin's arguments in another form, each with its reason. */
const ANOTHER_FORM: Record<string, string> = {
  place_order: 'the private one takes one request as JSON, as the queue of place_orders does',
}

interface Twin {
  name: string
  /** "count_id uuid, left_out uuid[]": of the public function, and of each private one of its name. */
  arguments: string
  private_arguments: string[]
  result: string
  private_results: string[]
  private_defaults: number
  body: string
  names: string[]
}

const twins = await sql<Twin[]>`
  with described as (
    select p.oid, p.proname as name, p.pronamespace::regnamespace::text as schema, pg_get_function_result(p.oid) as result,
      p.pronargdefaults as defaults, p.prosrc as body, coalesce(p.proargnames[1:p.pronargs], '{}') as names,
      coalesce((
        select string_agg(p.proargnames[place] || ' ' || format_type(p.proargtypes[place - 1], null), ', ' order by place)
        from generate_series(1, p.pronargs) as place
      ), '') as arguments
    from pg_proc as p
    where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
  )
  select twin.name, twin.arguments, twin.result, twin.body, twin.names, sum(other.defaults)::int as private_defaults,
    array_agg(other.arguments) as private_arguments, array_agg(other.result) as private_results
  from described as twin
  join described as other on other.name = twin.name and other.schema = 'private'
  where twin.schema = 'public' and twin.name <> all (${Object.keys(ANOTHER_FORM)})
  group by 1, 2, 3, 4, 5, twin.oid`

test('there are twins to compare', () => expect(twins.length).toBeGreaterThan(50))

test('a private twin takes the same arguments in the same order and has no defaults', () => {
  const different = twins.flatMap((twin) =>
    twin.private_arguments.some((given) => given !== twin.arguments) || twin.private_defaults > 0
      ? [`${twin.name}: (${twin.arguments}) is not (${twin.private_arguments.join(') or (')})`]
      : [],
  )
  expect(different).toEqual([])
})

test('a private twin returns the same', () => {
  const different = twins.filter((twin) => twin.private_results.some((given) => given !== twin.result))
  expect(different.map(({ name }) => name)).toEqual([])
})

test('a public twin only passes its arguments on, in their order', () => {
  const different = twins.filter(({ name, names, body }) => {
    const call = `private.${name}(${names.join(', ')})`
    return ![`select ${call}`, `select * from ${call}`, `begin return ${call}; end;`].includes(
      body.trim().replaceAll(/\s+/g, ' '),
    )
  })
  expect(different.map(({ name, body }) => `${name}: ${body.trim()}`)).toEqual([])
})
