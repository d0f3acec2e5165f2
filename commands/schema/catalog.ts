import { type Delta, diff, encodeId, extract, type FactBase, type StableId } from '@supabase/pg-delta'
import { Pool } from 'pg'

/** Everything a database is made of, read from PostgreSQL's catalog; rows are not in it. */
export type Catalog = FactBase

export async function readCatalog(url: string): Promise<Catalog> {
  const pool = new Pool({ connectionString: url, max: 1 })
  // The pool ends before its connection has closed: a server that stops in between is no fault.
  pool.on('connect', (client) => client.on('error', () => undefined))
  try {
    return (await extract(pool)).factBase
  } finally {
    await pool.end()
  }
}

/** One line for each difference between a database made by the migrations and one made by the schemas. */
export function differences(migrated: Catalog, schemas: Catalog): string[] {
  const lines = diff(migrated, schemas).flatMap((delta) => lineOf(delta, migrated, schemas) ?? [])
  return [...lines, ...movedColumns(migrated, schemas)]
}

function lineOf(delta: Delta, migrated: Catalog, schemas: Catalog): string | null {
  switch (delta.verb) {
    case 'add':
      return `only in the schemas: ${encodeId(delta.fact.id)}`
    case 'remove':
      return `only in the migrations: ${encodeId(delta.fact.id)}`
    case 'set':
      return `${encodeId(delta.id)}: ${delta.attr} differs`
    default: {
      const { from, to, kind } = delta.edge
      // An object that one side lacks has its own line.
      if (![from, to].every((id) => migrated.has(id) && schemas.has(id))) return null
      return `${encodeId(from)}: only ${delta.verb === 'link' ? 'in the schemas' : 'in the migrations'} it ${kind} ${encodeId(to)}`
    }
  }
}

/** Tables with the same columns in another order: `select *` and row types would differ. */
function movedColumns(migrated: Catalog, schemas: Catalog): string[] {
  const tables = schemas.facts().filter(({ id }) => id.kind === 'table' && migrated.has(id))
  return tables.flatMap(({ id }) => {
    const [before, after] = [columnsOf(migrated, id), columnsOf(schemas, id)]
    const isSame = before.join() === after.join()
    const hasSameColumns = before.toSorted().join() === after.toSorted().join()
    if (isSame || !hasSameColumns) return []
    const last = before.at(-1)?.split('.').at(-1)
    return `${encodeId(id)}: its columns are in another order. A new column is written last in its table, and the last one of the migrations is ${last}.`
  })
}

function columnsOf(catalog: Catalog, table: StableId): string[] {
  return catalog
    .childrenOf(table)
    .filter(({ id }) => id.kind === 'column')
    .toSorted((a, b) => Number(a.payload._position) - Number(b.payload._position))
    .map(({ id }) => encodeId(id))
}
