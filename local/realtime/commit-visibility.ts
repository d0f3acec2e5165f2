import type { Database } from './database'

const pauseMs = 1

/**
 * Resolves when every new query sees these transactions (32 bit ids). A commit is in the WAL a moment before it is in
 * snapshots: a stream this fast may know of a row before a policy can be asked about it.
 */
export async function untilVisible(database: Database, transactions: readonly number[]): Promise<void> {
  for (;;) {
    const { rows } = await database.query<{ is_visible: boolean }>({
      name: 'until visible',
      text: `select not exists (
          select from unnest($1::bigint[]) t
          where t in (select i::text::bigint & 4294967295 from pg_snapshot_xip(s) i)
            or ((t - (pg_snapshot_xmax(s)::text::bigint & 4294967295)) & 4294967295) < 2147483648
        ) as is_visible
        from pg_current_snapshot() s`,
      values: [transactions],
    })
    if (rows[0]?.is_visible) return
    await new Promise((done) => setTimeout(done, pauseMs))
  }
}
