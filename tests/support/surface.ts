import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Sql } from 'postgres'

// The public surface, read from the catalog and the source tree, in the words of docs/surface.md.

export const apiRoles = ['anon', 'authenticated', 'service_role'] as const

/** The rows of the table under a heading of docs/surface.md: cells by column, code marks taken off. */
export function documented(heading: string): Record<string, string>[] {
  const page = readFileSync('docs/surface.md', 'utf8')
  const section = page.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? ''
  const [names = [], , ...rows] = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim().replaceAll('`', '')))
  return rows.map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])))
}

/** Every table and view the Data API can see, with what each role may do, and whether Realtime streams it. */
export async function relationsIn(sql: Sql) {
  const rows = await sql<
    { name: string; role: string; may: string | null; some: boolean; streamed: boolean }[]
  >`
    select c.relname as name, role,
      (select string_agg(lower(p), ', ' order by n) from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) with ordinality as a (p, n)
        where has_table_privilege(role, c.oid, p)) as may,
      has_any_column_privilege(role, c.oid, 'select') as some,
      exists (select from pg_publication_tables as t
        where t.pubname = 'supabase_realtime' and t.schemaname = 'public' and t.tablename = c.relname) as streamed
    from pg_class c join pg_namespace n on n.oid = c.relnamespace, unnest(${[...apiRoles]}::text[]) as role
    where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm', 'f')
    order by 1`
  return [...new Set(rows.map(({ name }) => name))].map((name) => {
    const of = rows.filter((row) => row.name === name)
    const may = of.map(({ role, may: all, some }) => [role, all ?? (some ? 'select some columns' : '–')])
    return { name, ...Object.fromEntries(may), streamed: of[0]?.streamed ? 'yes' : 'no' }
  })
}

/** Every function of the Data API: which roles may call it, and the least of them that its code lets go on. */
export async function functionsIn(sql: Sql) {
  const rows = await sql<{ schema: string; name: string; source: string; roles: string[] }[]>`
    select n.nspname as schema, p.proname as name, p.prosrc as source,
      array(select role from unnest(${[...apiRoles]}::text[]) as role where has_function_privilege(role, p.oid, 'execute')) as roles
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('public', 'private') and p.prorettype <> 'trigger'::regtype
    order by 2`
  const behind = (source: string) => {
    const called = /private\.(\w+)\s*\(/.exec(source)?.[1]
    return rows.filter(({ schema, name }) => schema === 'private' && name === called)
  }
  return rows
    .filter(({ schema }) => schema === 'public')
    .map(({ name, source, roles }) => {
      const asked = /require_role(?:_at|_for_order)?\((?:case when [^']*)?'(\w+)'/
      const code = [source, ...behind(source).map((twin) => twin.source)]
      // A buyer needs no role for an order of their own.
      const isBuyers = code.some((text) => /owns_order\(|v_is_buyer/.test(text))
      const role = isBuyers ? undefined : code.map((text) => asked.exec(text)?.[1]).find(Boolean)
      const least = roles.includes('authenticated') ? (role ?? 'account') : 'shop'
      return {
        name,
        roles: roles.join(', '),
        least,
        twin: behind(source).map((twin) => twin.roles.join(', ')),
      }
    })
}

/** The Realtime topics that a role may receive or send on, by policy. */
export async function channelsIn(sql: Sql) {
  const rows = await sql<{ policy: string; roles: string[]; verb: string; condition: string }[]>`
    select policyname as policy, roles::text[] as roles, cmd as verb, coalesce(qual, with_check) as condition
    from pg_policies where schemaname = 'realtime' and tablename = 'messages' order by 1`
  return rows.map(({ policy, roles, verb, condition }) => ({
    topic: /'([^']+):%'/.exec(condition)?.[1] ?? 'any',
    policy,
    verb: verb === 'SELECT' ? 'hears' : 'speaks',
    who: condition.includes('staff_role()') ? 'viewer' : roles.includes('anon') ? 'anybody' : 'account',
  }))
}

/** Pages and route handlers by their file, and the role the file asks for. */
export function routesInTree() {
  const files = globSync('app/{,**/.well-known/}**/{page,route,opengraph-image}.{ts,tsx}').concat([
    'app/robots.ts',
  ])
  return files.toSorted().map((name) => {
    const source = readFileSync(name, 'utf8')
    const role = /(?:requireStaff|admitStaff)\('(\w+)'/.exec(source)?.[1]
    return { name, least: role ?? (source.includes('requirePerson(') ? 'account' : 'anybody') }
  })
}

/** Every server action, and the least role that may call it: of its definition, or of the check it begins with. */
export function actionsInTree() {
  return globSync('lib/actions/**/*.ts')
    .toSorted((a, b) => basename(a).localeCompare(basename(b)))
    .flatMap((file) => {
      const source = readFileSync(file, 'utf8')
      const parts = source.split(/^(?=export (?:async function|const) )/m).slice(1)
      return parts.map((part) => ({
        name: `${basename(file, '.ts')}.${/(?:function|const) (\w+)/.exec(part)?.[1]}`,
        least: leastOf(part, source),
      }))
    })
}

function leastOf(action: string, source: string): string {
  const definition = /defineForm(?:<[^(]*>)?\(\{\s*(?:\.\.\.(\w+))?/.exec(action)
  // Otherwise the first awaited call decides; everything else comes after it.
  if (!definition) return /await (?:admitStaff\('(\w+)'|\w+)/.exec(action)?.[1] ?? 'anybody'
  // Options shared by several definitions of a file are a constant before them.
  const shared = definition[1] && source.split(`const ${definition[1]} =`)[1]
  return /least: '(\w+)'/.exec(shared || action)?.[1] ?? 'anybody'
}

/** Every cached function, which Next can call by the network as it calls an action. */
export function cachedInTree() {
  const files = globSync('{lib,app,components}/**/*.{ts,tsx}').toSorted()
  return files.flatMap((file) => {
    const source = readFileSync(file, 'utf8')
    return source.split(/^(?=export )/m).flatMap((part) => {
      const [, name, args] =
        /^export async function (\w+)\(([^)]*)\)[^\n]*\{\n\s*'use cache'/.exec(part) ?? []
      return name === undefined
        ? []
        : [{ name: `${file}#${name}`, takes: args === '' ? 'nothing' : 'arguments' }]
    })
  })
}

/** How often caching is asked for in the tree, however that is written. */
export function cachesInTree(): number {
  return globSync('{lib,app,components}/**/*.{ts,tsx}')
    .map((file) => readFileSync(file, 'utf8').split(/^\s*'use cache/m).length - 1)
    .reduce((sum, count) => sum + count, 0)
}
