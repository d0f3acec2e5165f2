import { type Action, encodeId, plan } from '@supabase/pg-delta'
import type { Catalog } from './catalog'
import type { SqlFile } from './sql-files'

/** The statements of a migration, and how many of them a person has to check. */
export interface MigrationText {
  text: string
  byHand: number
}

const TODO =
  '-- TODO: write this one. Say what becomes of the rows there are, and of a lock on a busy table; suggested:\n'
/** Everything here belongs to role postgres, which also runs migrations: the catalog's default. */
const OF_THE_OWNER = / OWNER TO "postgres"$| (?:FROM|TO) "postgres"$/

/**
 * The statements that turn the first database into the second, in an order that works. Functions and views are restated from the
 * schemas. A statement that changes a table or type with rows in it is only suggested, as a comment.
 */
export function migrationText(migrated: Catalog, schemas: Catalog, files: SqlFile[]): MigrationText {
  const { actions, deltas } = plan(migrated, schemas)
  const added = new Set(deltas.flatMap((delta) => (delta.verb === 'add' ? encodeId(delta.fact.id) : [])))
  const kept = actions.filter(({ sql }) => !OF_THE_OWNER.test(sql))
  const statements = kept.map((action) =>
    isByHand(action, added) ? suggested(action) : `${restated(action.sql.trim(), files)}\n`,
  )
  const hasFunctions = kept.some(({ sql }) => /^CREATE (OR REPLACE )?FUNCTION/.test(sql))
  return {
    byHand: statements.filter((statement) => statement.startsWith(TODO)).length,
    // A function may call one that is created after it.
    text: hasFunctions
      ? `set check_function_bodies = off;\n\n${statements.join('\n')}\nreset check_function_bodies;\n`
      : statements.join('\n'),
  }
}

/** New tables and types hold no rows; everything but tables and types can be replaced at any time. */
function isByHand({ sql }: Action, added: Set<string>): boolean {
  const [, kind, schema, name] =
    /^(?:ALTER|DROP) (TABLE|TYPE|DOMAIN|SEQUENCE) "?(\w+)"?\."?(\w+)"?/.exec(sql) ?? []
  return kind !== undefined && !added.has(`${kind.toLowerCase()}:${schema}.${name}`)
}

function suggested({ sql }: Action): string {
  return `${TODO}${`${sql.trim()};`.replaceAll(/^/gm, '-- ')}\n`
}

/** The statement as the schemas have it, with the rows they put into a new table; else as PostgreSQL prints it. */
function restated(sql: string, files: SqlFile[]): string {
  const [, kind = '', schema, name] =
    /^CREATE (?:OR REPLACE )?(FUNCTION|VIEW|TABLE) "?(\w+)"?\."?(\w+)"?/.exec(sql) ?? []
  const object = `${schema}\\.${name}\\b`
  const text = files.map((file) => file.text).join('\n')
  if (kind === 'TABLE') {
    const rows = text.match(new RegExp(`^insert into ${object}[\\s\\S]*?;$`, 'gm')) ?? []
    return [`${sql};`, ...rows].join('\n')
  }
  const end = kind === 'FUNCTION' ? '\\$\\$[\\s\\S]*?\\$\\$;$' : ';$'
  const found =
    text.match(new RegExp(`^create (?:or replace )?${kind} ${object}[\\s\\S]*?${end}`, 'gim')) ?? []
  // Two of one name: overloads, or one that a later statement replaced.
  const [only, another] = found
  if (kind === '' || only === undefined || another !== undefined) return `${sql};`
  return only.replace(/^create(?: or replace)?/i, 'create or replace')
}
