import postgres from 'postgres'

type Row = Record<string, unknown>
/** Every row of every table of the shop, by the table's name. */
export type Rows = Record<string, Row[]>

export async function readRows(url: string): Promise<Rows> {
  const sql = postgres(url, { max: 1 })
  try {
    const tables = await sql<{ name: string }[]>`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'private') and c.relkind in ('r', 'p') order by 1`
    const rows: Rows = {}
    for (const { name } of tables) {
      const found = await sql<{ row: Row }[]>`select to_jsonb(each) as row from ${sql.unsafe(name)} as each`
      rows[name] = found.map(({ row }) => row)
    }
    return rows
  } finally {
    await sql.end()
  }
}

/** The rows as text, in an order of their own, with these columns alone: a new column is not a change. */
export function comparable(rows: Row[], columns: string[]): string[] {
  return rows.map((row) => JSON.stringify(columns.map((column) => [column, row[column]]))).sort()
}
