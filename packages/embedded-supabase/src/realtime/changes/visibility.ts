import { type Database, isDatabaseError } from '#realtime/database'
import type { Table } from '#realtime/wal/catalog'
import type { Tuple } from '#realtime/wal/wal-text'

/** Someone for whom row level security decides: a role and the claims its policies read, as JSON text. */
export type Reader = { role: string; claims: string }

export const readerKey = ({ role, claims }: Reader): string => `${role}\n${claims}`

/**
 * Which of these rows each reader may see now: per reader, the positions in `rows`. All readers are asked in one
 * statement; one whose policy raises sees nothing and disturbs nobody.
 */
export async function findVisible(
  database: Database,
  table: Table,
  rows: readonly Tuple[],
  readers: readonly Reader[],
): Promise<Map<string, Set<number>>> {
  const keys = table.columns.filter((column) => column.isKey)
  const match = keys
    .map((key, index) => `t.${quoteName(key.name)} = (k.v ->> ${index})::${key.cast}`)
    .join(' and ')
  const query = `select (k.n - 1)::integer from jsonb_array_elements($1) with ordinality as k(v, n)
    where exists (select from ${table.relation} t where ${match})`
  const keyRows = JSON.stringify(rows.map((row) => keys.map((key) => row.get(key.name) ?? null)))
  const seen = new Map(readers.map((reader) => [readerKey(reader), new Set<number>()]))
  const ask = async (asked: readonly Reader[]): Promise<void> => {
    const answers = await database.query<{ reader: number; row_index: number }>({
      name: 'visible rows',
      text: 'select reader, row_index from realtime.visible_rows($1, $2::jsonb, $3::jsonb)',
      values: [query, keyRows, JSON.stringify(asked)],
    })
    for (const { reader, row_index } of answers.rows) {
      const who = asked[reader]
      if (who) seen.get(readerKey(who))?.add(row_index)
    }
  }
  try {
    await ask(readers)
  } catch (error) {
    if (!isDatabaseError(error)) throw error
    for (const reader of readers) await ask([reader]).catch(unlessDatabaseSays)
  }
  return seen
}

/** A policy that ran into the time limit: its reader sees nothing. */
function unlessDatabaseSays(error: unknown): void {
  if (!isDatabaseError(error)) throw error
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
