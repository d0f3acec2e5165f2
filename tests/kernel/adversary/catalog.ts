import type { Sql } from 'postgres'

/** How a caller reaches the database. A guest comes through the shop's server, with the secret key and a token. */
export const callerKinds = ['anon', 'guest', 'shopper', 'viewer', 'stock', 'manager'] as const
export type CallerKind = (typeof callerKinds)[number]

export type Argument = { name: string; type: string; optional: boolean }

/** A function of the API, with what the catalog says of it. */
export type Target = {
  name: string
  arguments: Argument[]
  returnsSet: boolean
  /** Marked stable or immutable: it reads and changes nothing. */
  reads: boolean
  callerKinds: CallerKind[]
  /** The labels of the enums among its arguments. */
  labels: Record<string, string[]>
}

type Row = {
  name: string
  names: string[]
  types: string[]
  defaults: number
  returns_set: boolean
  volatility: string
  roles: string[]
}

/** Every function that a role of the API may execute, in an order that does not depend on the database. */
export async function targetsOf(sql: Sql): Promise<Target[]> {
  const rows = await sql<Row[]>`
    select p.proname as name, p.pronargdefaults as defaults, p.proretset as returns_set, p.provolatile as volatility,
      coalesce(p.proargnames[1:p.pronargs], '{}') as names,
      array(select format_type(type, null) from unnest(p.proargtypes) with ordinality as a (type, n) order by n) as types,
      array(select role from unnest(array['anon', 'authenticated', 'service_role']) as role
        where has_function_privilege(role, p.oid, 'execute')) as roles
    from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.prokind = 'f' and p.prorettype <> 'trigger'::regtype
    order by p.proname, 5::text`
  const enums =
    await sql`select format_type(enumtypid, null) as type, array_agg(enumlabel::text order by enumsortorder) as labels
    from pg_enum group by enumtypid`
  const labels = Object.fromEntries(enums.map((row) => [row.type as string, row.labels as string[]]))
  return rows
    .map((row) => targetIn(row, labels))
    .filter((target) => target.callerKinds.length > 0)
    .sort((one, other) => (signature(one) < signature(other) ? -1 : 1))
}

function targetIn(row: Row, labels: Record<string, string[]>): Target {
  const types = row.types.map((type) => type.replace(/^public\./, ''))
  const target = {
    name: row.name,
    arguments: types.map((type, n) => ({
      name: row.names[n] ?? '',
      type,
      optional: n >= types.length - row.defaults,
    })),
    returnsSet: row.returns_set,
    reads: row.volatility !== 'v',
    labels: Object.fromEntries(
      types.flatMap((type): [string, string[]][] => {
        const known = labels[type] ?? labels[`public.${type}`]
        return known ? [[type, known]] : []
      }),
    ),
  }
  return { ...target, callerKinds: kindsOf(target, row.roles) }
}

/** The secret key alone is the shop itself. With the token of a guest it is that guest, and may be lied to. */
function kindsOf({ arguments: args }: Pick<Target, 'arguments'>, roles: string[]): CallerKind[] {
  const namesAGuest = args.some(({ name }) => /token|^requests$/.test(name))
  return [
    ...(roles.includes('anon') ? (['anon'] as const) : []),
    ...(roles.includes('service_role') && namesAGuest ? (['guest'] as const) : []),
    ...(roles.includes('authenticated') ? (['shopper', 'viewer', 'stock', 'manager'] as const) : []),
  ]
}

export const signature = ({ name, arguments: args }: Target) =>
  `${name}(${args.map(({ name: each, type }) => `${each} ${type}`).join(', ')})`

/** Functions that are open to people who work for nobody: what the world can call. */
export const isOpenToGuests = (target: Target) =>
  target.callerKinds.includes('anon') || target.callerKinds.includes('guest')
