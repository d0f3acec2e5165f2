import type { Database } from '#realtime/database'
import { areVisibleSql, untilVisible } from './commit-visibility'

/** The catalog's current description of a table, as far as delivery depends on it. */
export type Table = {
  schema: string
  table: string
  /** Quoted for SQL. */
  relation: string
  isRowSecured: boolean
  identity: 'default' | 'index' | 'full' | 'nothing'
  /** The kinds of change publication supabase_realtime publishes of it; null when it is not in there. */
  publishes: Record<'INSERT' | 'UPDATE' | 'DELETE', boolean> | null
  columns: Column[]
}

export type Column = {
  name: string
  /** Name of the type as clients see it: `int4`, `_text`. */
  type: string
  /** The type as SQL, without length: what values are cast to. */
  cast: string
  /** The base type of a domain, else the same as `type`. */
  baseType: string
  isKey: boolean
  isIdentity: boolean
  /** Of the roles asked about, those that may read the column. */
  readers: string[]
}

const facts = `
  n.nspname as schema,
  c.relname as "table",
  format('%I.%I', n.nspname, c.relname) as relation,
  c.relrowsecurity as "isRowSecured",
  case c.relreplident when 'd' then 'default' when 'i' then 'index' when 'f' then 'full' else 'nothing' end as identity,
  (
    select json_build_object('INSERT', bool_or(p.pubinsert), 'UPDATE', bool_or(p.pubupdate), 'DELETE', bool_or(p.pubdelete))
    from pg_catalog.pg_publication p
    where p.pubname = 'supabase_realtime'
      and pg_catalog.pg_relation_is_publishable(c.oid)
      and (
        (c.relkind = 'r' and not (p.pubviaroot and c.relispartition))
        or (c.relkind = 'p' and p.pubviaroot)
      )
      and (
        p.puballtables
        or exists (
          select from pg_catalog.pg_publication_rel r
          where r.prpubid = p.oid
            and (r.prrelid = c.oid or r.prrelid in (select a.relid from pg_catalog.pg_partition_ancestors(c.oid) a))
        )
        or exists (
          select from pg_catalog.pg_publication_namespace s
          where s.pnpubid = p.oid and s.pnnspid = c.relnamespace
        )
      )
    having count(*) > 0
  ) as publishes,
  (
    select coalesce(json_agg(
      json_build_object(
        'name', a.attname,
        'type', t.typname,
        'cast', format_type(a.atttypid, null),
        'baseType', coalesce((select b.typname from pg_catalog.pg_type b where b.oid = nullif(t.typbasetype, 0)), t.typname),
        'isKey', coalesce(a.attnum = any(k.indkey), false),
        'isIdentity', case c.relreplident
          when 'f' then true
          when 'i' then coalesce(a.attnum = any(i.indkey), false)
          when 'd' then coalesce(a.attnum = any(k.indkey), false)
          else false
        end,
        'readers', (
          select coalesce(json_agg(r.rolname), '[]'::json)
          from pg_catalog.pg_roles r
          where r.rolname = any($2) and has_column_privilege(r.oid, c.oid, a.attnum, 'select')
        )
      ) order by a.attnum
    ), '[]'::json)
    from pg_catalog.pg_attribute a
    join pg_catalog.pg_type t on t.oid = a.atttypid
    left join pg_catalog.pg_index k on k.indrelid = c.oid and k.indisprimary
    left join pg_catalog.pg_index i on i.indrelid = c.oid and i.indisreplident
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  ) as columns`

/** The tables of these names that exist, for the eyes of these roles, once these transactions can be seen. */
export async function describeTables(
  database: Database,
  names: readonly (readonly [schema: string, table: string])[],
  roles: readonly string[],
  transactions: readonly number[],
): Promise<Table[]> {
  const { tables } = await untilVisible(async () => {
    const { rows } = await database.query<{ tables: Table[] | null; areVisible: boolean }>({
      name: 'describe tables',
      text: `select ${areVisibleSql('$3::bigint[]')} as "areVisible", (
          select json_agg(found) from (
            select ${facts}
            from json_array_elements($1::json) w
            join pg_catalog.pg_namespace n on n.nspname = (w.value ->> 0)
            join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = (w.value ->> 1) and c.relkind in ('r', 'p')
          ) found
        ) as tables`,
      values: [JSON.stringify(names), roles, transactions],
    })
    return rows[0] ?? { tables: null, areVisible: false }
  })
  return tables ?? []
}

/** The published tables that two LIKE patterns name; `*` names all. */
export async function findPublished(
  database: Database,
  schema: string,
  table: string,
  roles: readonly string[],
): Promise<Table[]> {
  const { rows } = await database.query<Table>({
    name: 'find published',
    text: `select * from (
        select ${facts}
        from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname like $1 escape '' and c.relname like $3 escape ''
          and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'
      ) found
      where publishes is not null
      order by schema, "table"`,
    values: [schema === '*' ? '%' : schema, roles, table === '*' ? '%' : table],
  })
  return rows
}
